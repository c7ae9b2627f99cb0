package parallax.probe.dns.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.probe.dns.delegation.Sayings.TLD;
import static parallax.probe.dns.delegation.Sayings.ZONE;
import static parallax.probe.dns.delegation.Sayings.answered;
import static parallax.probe.dns.delegation.Sayings.lame;
import static parallax.probe.dns.delegation.Sayings.name;
import static parallax.probe.dns.delegation.Sayings.notAsked;
import static parallax.probe.dns.delegation.Sayings.referred;
import static parallax.probe.dns.delegation.Sayings.root;
import static parallax.probe.dns.delegation.Sayings.silent;
import static parallax.probe.dns.delegation.Sayings.step;
import static parallax.probe.dns.delegation.Sayings.walk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.WalkSeen;
import parallax.probe.dns.wire.Heard;

final class WalkShownTest {
  @Test
  void everyStepIsShownWithWhatItsServersSaid() {
    WalkSeen shown =
        WalkShown.of(walk(root(), step(TLD, referred(ZONE)), step(ZONE, answered())), Outcome.up());
    assertThat(shown.zone()).isEqualTo("example.test.");
    assertThat(shown.steps())
        .extracting(WalkSeen.Step::zone)
        .containsExactly(".", "test.", "example.test.");
    WalkSeen.Server parent = shown.steps().get(1).servers().getFirst();
    assertThat(parent.address()).isEqualTo("192.0.2.1");
    assertThat(parent.answer()).isEqualTo(WalkSeen.Answer.SERVES);
    assertThat(parent.said()).startsWith("example.test. is at");
    assertThat(parent.took()).isEqualTo(Duration.ofMillis(5));
    assertThat(shown.fault()).isEmpty();
    assertThat(shown.queries()).isEqualTo(9);
    assertThat(shown.steps()).noneMatch(WalkSeen.Step::breaks);
  }

  @Test
  void whatFailsComesFirstAndSaysWhereItBreaks() {
    Step broken =
        step(
            TLD,
            notAsked(Said.NotAsked.Why.NO_ROUTE),
            silent(Heard.Failure.TIMEOUT),
            lame(Said.Lame.Kind.REFUSED));
    WalkSeen shown =
        WalkShown.of(walk(root(), broken), Outcome.down(Reason.DELEGATION_TIMEOUT, "b.test."));
    assertThat(shown.steps().getLast().servers())
        .extracting(WalkSeen.Server::answer)
        .containsExactly(WalkSeen.Answer.FAILS, WalkSeen.Answer.FAILS, WalkSeen.Answer.NOT_ASKED);
    assertThat(shown.steps().getLast().breaks()).isTrue();
    assertThat(shown.steps().getFirst().breaks()).isFalse();
    assertThat(shown.fault()).contains(Reason.DELEGATION_TIMEOUT.text() + ": b.test.");
  }

  @Test
  void aServerWithoutAddressIsShownAsSuch() {
    Step step = new Step(TLD, List.of(), new TreeSet<>(List.of(name("ns.example."))));
    assertThat(WalkShown.of(walk(root(), step), Outcome.up()).steps().getLast().servers())
        .singleElement()
        .satisfies(
            server -> {
              assertThat(server.address()).isEmpty();
              assertThat(server.answer()).isEqualTo(WalkSeen.Answer.FAILS);
            });
  }

  @Test
  void aWalkThatEndedAtABoundSaysSo() {
    assertThat(WalkShown.of(walk(Optional.of(Walk.Bound.TIME), root()), Outcome.up()).fault())
        .contains("it took too long");
  }

  @Test
  void howLongItTookIsNotPartOfItsShape() {
    Walk walk = walk(root(), step(TLD, referred(ZONE)));
    Walk slower =
        new Walk(
            walk.zone(), walk.question(), walk.steps(), walk.bound(), 77, Duration.ofSeconds(9));
    assertThat(WalkShown.of(slower, Outcome.up()))
        .isNotEqualTo(WalkShown.of(walk, Outcome.up()))
        .extracting(WalkSeen::shape)
        .isEqualTo(WalkShown.of(walk, Outcome.up()).shape());
  }
}
