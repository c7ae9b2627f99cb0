package parallax.coordinator.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Told.fromTokyo;
import static parallax.coordinator.testing.Told.vote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.testing.Told;

final class InterferenceTest {
  private static final Outcome RESET =
      Outcome.down(Reason.TLS_HANDSHAKE, "connection reset during the handshake");
  private static final Outcome TIMEOUT = Outcome.down(Reason.CONNECT_TIMEOUT, "");
  private static final List<Region> TOKYO = List.of(new Region("tokyo"));

  /** Probes 0 and 3 stand in tokyo, 1 and 4 in lima, 2 and 5 in oslo, 6 and 7 in rome. */
  private static Why shares(int tokyo, int lima, int oslo) {
    return new Why(
        "http fails",
        List.of(),
        List.of(
            new Why.Share("region:tokyo", tokyo, 2),
            new Why.Share("region:lima", lima, 2),
            new Why.Share("region:oslo", oslo, 2),
            new Why.Share("region:rome", 0, 2)),
        List.of(),
        List.of());
  }

  private static Cause cause(Outcome outcome) {
    return cause(outcome, "target:shop");
  }

  private static Cause cause(Outcome outcome, String culprit) {
    Layer layer = outcome.why().orElseThrow().reason().layer().orElseThrow();
    return new Cause(Optional.of(layer), outcome.why().orElseThrow(), culprit);
  }

  private static Interference regional(Outcome outcome, List<Vote> votes) {
    return Interference.of(Scope.REGIONAL, TOKYO, cause(outcome), votes, shares(2, 0, 0));
  }

  private static List<Vote> with(List<Vote> votes, Vote... more) {
    List<Vote> all = new ArrayList<>(votes);
    all.addAll(List.of(more));
    return all;
  }

  /** The same look from another network. */
  private static Vote from(long asn, Vote vote) {
    Vantage vantage =
        new Vantage(vote.vantage().probe(), vote.vantage().region(), Optional.of(asn));
    return new Vote(
        vote.id(),
        vantage,
        vote.check(),
        vote.layer(),
        vote.at(),
        vote.ballot(),
        vote.finding(),
        vote.weight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_STATUS                  | 451 Unavailable For Legal Reasons, expected 200 | LEGAL_REASONS
          HTTP_STATUS                  | 403 Forbidden, expected 200-299                 | REFUSAL
          TLS_HANDSHAKE                | connection reset during the handshake           | RESET
          HTTP_RESET                   | before the answer, in plain HTTP                | RESET
          DNS_WRONG_ANSWER             | 192.0.2.1, expected 198.51.100.1                | OTHER_ANSWERS
          DNS_BOGUS                    | no signature                                    | OTHER_ANSWERS
          NXDOMAIN                     | shop.example                                    | OTHER_ANSWERS
          CERTIFICATE_UNTRUSTED_ISSUER | CN=National Gateway                             | OTHER_CERTIFICATE
          CERTIFICATE_SELF_SIGNED      | CN=shop.example                                 | OTHER_CERTIFICATE
          """)
  void aSignatureThatOnlyOneRegionSeesIsToldAsABlock(
      Reason reason, String detail, Signature signature) {
    Outcome outcome = Outcome.down(reason, detail);
    Interference found = regional(outcome, fromTokyo(outcome));
    assertThat(found.places())
        .singleElement()
        .satisfies(
            place -> {
              assertThat(place.name()).isEqualTo("tokyo");
              assertThat(place.signs()).containsExactly(new Interference.Sign(signature, 2));
            });
    assertThat(found.isStated()).isEqualTo(signature == Signature.LEGAL_REASONS);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_STATUS, 503 Service Unavailable",
    "HTTP_STATUS, ''",
    "HTTP_RESET, before the answer",
    "HTTP_RESET, in the answer",
    "TLS_HANDSHAKE, alert handshake failure",
    "TLS_HANDSHAKE, ''",
    "CONNECTION_RESET, ''",
    "CONNECT_TIMEOUT, ''",
    "SERVFAIL, ''",
    "DNS_TIMEOUT, ''",
    "CERTIFICATE_EXPIRED, ''",
    "CERTIFICATE_WRONG_NAME, ''"
  })
  void troubleThatServersHaveTooIsNot(Reason reason, String detail) {
    Outcome outcome = Outcome.down(reason, detail);
    assertThat(regional(outcome, fromTokyo(outcome)).isLikely()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      names = {"REGIONAL", "NETWORK"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsNotConfinedToAPlaceIsNot(Scope scope) {
    assertThat(
            Interference.of(scope, TOKYO, cause(Told.LEGAL), fromTokyo(Told.LEGAL), shares(2, 0, 0))
                .isLikely())
        .isFalse();
  }

  @Test
  void oneProbeAloneIsNotEnough() {
    List<Vote> votes =
        List.of(vote(0, CheckKind.HTTP, RESET), vote(1, CheckKind.HTTP, Outcome.up()));
    assertThat(regional(RESET, votes).isLikely()).isFalse();
    List<Vote> twice = with(votes, vote(0, CheckKind.TLS, RESET));
    assertThat(regional(RESET, twice).isLikely()).isFalse();
  }

  @Test
  void thatAnotherProbeThereFailsOtherwiseSpeaksAgainstIt() {
    List<Vote> votes =
        List.of(
            vote(0, CheckKind.HTTP, RESET),
            vote(3, CheckKind.HTTP, RESET),
            vote(6, CheckKind.HTTP, TIMEOUT));
    assertThat(regional(RESET, votes).isLikely()).isFalse();
  }

  @Test
  void theSameSignatureElsewhereSpeaksAgainstIt() {
    List<Vote> votes = with(fromTokyo(RESET), vote(1, CheckKind.TLS, RESET));
    assertThat(regional(RESET, votes).isLikely()).isFalse();
    List<Vote> chance = with(fromTokyo(RESET), vote(1, CheckKind.TLS, TIMEOUT));
    assertThat(regional(RESET, chance).isLikely()).isTrue();
  }

  @Test
  void twoRegionsAreBlockedOnlyWhenEachShowsItsOwnSignature() {
    List<Region> both = List.of(new Region("lima"), new Region("tokyo"));
    Vote one = vote(1, CheckKind.HTTP, Told.LEGAL);
    Vote other = vote(4, CheckKind.HTTP, Told.LEGAL);
    assertThat(
            Interference.of(
                    Scope.REGIONAL,
                    both,
                    cause(Told.LEGAL),
                    with(fromTokyo(RESET), one, other),
                    shares(2, 2, 0))
                .places())
        .extracting(Interference.Place::name)
        .containsExactly("lima", "tokyo");
    assertThat(
            Interference.of(
                    Scope.REGIONAL,
                    both,
                    cause(Told.LEGAL),
                    with(fromTokyo(Told.LEGAL), one, other),
                    shares(2, 2, 0))
                .isLikely())
        .isFalse();
  }

  @Test
  void failuresElsewhereSpeakAgainstIt() {
    for (Why why : List.of(shares(2, 1, 0), Why.rule("nothing was counted"))) {
      assertThat(
              Interference.of(Scope.REGIONAL, TOKYO, cause(RESET), fromTokyo(RESET), why)
                  .isLikely())
          .isFalse();
    }
  }

  @Test
  void whatBreaksBelowSpeaksAgainstIt() {
    Outcome lame = Outcome.down(Reason.NAME_SERVERS_NXDOMAIN, "");
    Outcome absent = Outcome.down(Reason.NXDOMAIN, "");
    Cause below = cause(lame);
    assertThat(
            Interference.of(Scope.REGIONAL, TOKYO, below, fromTokyo(absent), shares(2, 0, 0))
                .isLikely())
        .isFalse();
    List<Vote> there = with(fromTokyo(absent), vote(0, CheckKind.DNS_AUTH, lame));
    assertThat(regional(absent, there).isLikely()).isFalse();
    List<Vote> chance = with(fromTokyo(absent), vote(1, CheckKind.DNS_AUTH, lame));
    assertThat(regional(absent, chance).isLikely()).isTrue();
    List<Vote> elsewhere = with(chance, vote(2, CheckKind.DNS_AUTH, lame));
    assertThat(regional(absent, elsewhere).isLikely()).isFalse();
  }

  @Test
  void anotherCauseSpeaksAgainstIt() {
    assertThat(
            Interference.of(
                    Scope.REGIONAL, TOKYO, cause(TIMEOUT), fromTokyo(RESET), shares(2, 0, 0))
                .isLikely())
        .isFalse();
  }

  @Test
  void whatFollowsFromAForgedAnswerIsLeftOut() {
    Outcome forged = Outcome.down(Reason.DNS_WRONG_ANSWER, "192.0.2.1");
    List<Vote> votes =
        List.of(
            vote(0, CheckKind.DNS, forged),
            vote(0, CheckKind.HTTP, TIMEOUT),
            vote(3, CheckKind.HTTP, TIMEOUT),
            vote(3, CheckKind.DNS, forged));
    assertThat(regional(forged, votes).places().getFirst().signs())
        .containsExactly(new Interference.Sign(Signature.OTHER_ANSWERS, 2));
  }

  @Test
  void aProvidersTroubleInOnePlaceIsNotUnlessItSaysSo() {
    for (Outcome outcome : List.of(RESET, Told.LEGAL)) {
      Interference found =
          Interference.of(
              Scope.REGIONAL,
              TOKYO,
              cause(outcome, "cdn:fastly"),
              fromTokyo(outcome),
              shares(2, 0, 0));
      assertThat(found.isLikely()).isEqualTo(outcome.equals(Told.LEGAL));
    }
  }

  @Test
  void aNetworkThatBlocksIsNamed() {
    List<Vote> votes =
        List.of(
            from(64_499, vote(0, CheckKind.HTTP, RESET)),
            from(64_499, vote(1, CheckKind.HTTP, RESET)),
            vote(2, CheckKind.HTTP, TIMEOUT));
    Interference found =
        Interference.of(Scope.NETWORK, List.of(), cause(RESET), votes, shares(1, 1, 0));
    assertThat(found.isLikely()).isTrue();
    assertThat(found.places().getFirst().name()).isEqualTo("AS64499");
    List<Vote> two = with(votes, from(64_498, vote(3, CheckKind.HTTP, RESET)));
    assertThat(
            Interference.of(Scope.NETWORK, List.of(), cause(RESET), two, shares(1, 1, 0))
                .isLikely())
        .isFalse();
    List<Vote> inTokyo =
        List.of(
            from(64_499, vote(0, CheckKind.HTTP, RESET)),
            from(64_499, vote(3, CheckKind.HTTP, RESET)));
    assertThat(regional(RESET, inTokyo).places().getFirst().name()).isEqualTo("AS64499 in tokyo");
  }

  @Test
  void aProbeThatAbstainsSaysNothing() {
    Vote sick = vote(3, CheckKind.HTTP, RESET);
    Vote abstaining =
        new Vote(
            new ObservationId(new ProbeName("tokyo-1"), 1, 1),
            sick.vantage(),
            sick.check(),
            sick.layer(),
            sick.at(),
            Vote.Ballot.ABSTAINS,
            sick.finding(),
            0);
    assertThat(regional(RESET, List.of(vote(0, CheckKind.HTTP, RESET), abstaining)).isLikely())
        .isFalse();
  }
}
