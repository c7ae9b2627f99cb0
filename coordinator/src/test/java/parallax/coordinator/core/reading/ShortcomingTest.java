package parallax.coordinator.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static parallax.coordinator.testing.Told.SLOW;
import static parallax.coordinator.testing.Told.vote;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Told;

final class ShortcomingTest {
  private static List<Shortcoming> of(List<Vote> votes) {
    return Shortcoming.of(
        new Verdict(
            new TargetName("shop"),
            TargetState.UP,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Examples.NOON,
            0.9,
            votes,
            Why.rule("every kind of check succeeds")));
  }

  private static List<Vote> http(Outcome outcome, int probes, int of) {
    return IntStream.range(0, of)
        .mapToObj(probe -> vote(probe, CheckKind.HTTP, probe < probes ? outcome : Outcome.up()))
        .toList();
  }

  @Test
  void whatEveryRegionSeesIsEverywhere() {
    assertThat(of(http(SLOW, 6, 6)))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.reason()).isEqualTo(Reason.HTTP_SLOW);
              assertThat(found.everywhere()).isTrue();
              assertThat(found.probes()).isEqualTo(6);
            });
  }

  @Test
  void whatOneRegionSeesIsOfThatRegion() {
    assertThat(of(Told.fromTokyo(SLOW)))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.regions()).containsExactly(new Region("tokyo"));
              assertThat(found.everywhere()).isFalse();
            });
  }

  @Test
  void oneProbeOfSeveralIsNotToldAndASingleOneIs() {
    assertThat(of(http(SLOW, 1, 6))).isEmpty();
    assertThat(of(http(SLOW, 1, 1))).hasSize(1);
  }

  @Test
  void halfOfTheProbesOfEachRegionMakeNone() {
    assertThat(of(http(SLOW, 3, 6))).isEmpty();
  }

  @Test
  void eachIsCountedAmongTheLooksOfItsOwnCheckInCausalOrder() {
    Outcome soon = Outcome.degraded(Reason.CERTIFICATE_EXPIRES_SOON, "in 9 days");
    List<Vote> votes =
        List.of(
            vote(0, CheckKind.HTTP, SLOW),
            vote(1, CheckKind.HTTP, SLOW),
            vote(0, CheckKind.TLS, soon),
            vote(1, CheckKind.TLS, soon),
            vote(2, CheckKind.TLS, soon));
    assertThat(of(votes))
        .extracting(Shortcoming::reason, Shortcoming::looking)
        .containsExactly(tuple(Reason.CERTIFICATE_EXPIRES_SOON, 3), tuple(Reason.HTTP_SLOW, 2));
  }
}
