package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.core.Given.NO_ROUTE;
import static parallax.coordinator.core.Given.NXDOMAIN;
import static parallax.coordinator.core.Given.REFUSED;
import static parallax.coordinator.core.Given.SLOW;
import static parallax.coordinator.core.Given.STATUS;
import static parallax.coordinator.core.Given.T0;
import static parallax.coordinator.core.Given.TIMED_OUT;
import static parallax.coordinator.core.Given.UP;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.EvidenceBook;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;

final class CoreTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "U, UP",
    "D, UNKNOWN",
    "DD, UNKNOWN",
    "DDD, DOWN",
    "DDU, UP",
    "UDD, UP",
    "UDDUDD, UP",
    "UDDD, DOWN",
    "UDIDID, DOWN",
    "UDDDU, DOWN",
    "UDDDUU, DOWN",
    "UDDDUUU, UP",
    "UDDDUUDUU, DOWN",
    "UDDDUSU, UP",
    "UDDDUSS, DEGRADED",
    "S, UNKNOWN",
    "SS, DEGRADED",
    "US, UP",
    "USS, DEGRADED",
    "USSU, DEGRADED",
    "USSUU, UP",
    "USUSUS, UP",
    "USSDDD, DOWN",
    "I, UNKNOWN",
    "IIIIIIII, UNKNOWN",
    "UIII, UP",
    "UDIIIIIII, UP",
  })
  void changesOnlyWhatWasConfirmed(String looks, TargetState expected) {
    Script script = Script.watching(CheckKind.TCP);
    looks.chars().forEach(letter -> script.sees(outcome((char) letter)));
    assertThat(script.shown()).isEqualTo(expected);
  }

  private static Outcome outcome(char letter) {
    return switch (letter) {
      case 'U' -> UP;
      case 'D' -> REFUSED;
      case 'S' -> SLOW;
      default -> NO_ROUTE;
    };
  }

  @Test
  void anOutageIsToldOnceAndItsEndOnce() {
    Script script = Script.watching(CheckKind.TCP).sees(UP, REFUSED, REFUSED, REFUSED, REFUSED);
    Incident incident = script.open().orElseThrow();
    assertThat(incident.scope()).isEqualTo(Scope.UNCONFIRMED);
    assertThat(incident.cause().layer()).isEqualTo(Layer.TCP);
    assertThat(incident.cause().finding().reason()).isEqualTo(Reason.CONNECTION_REFUSED);
    assertThat(incident.cause().culprit()).isEqualTo("target:shop");
    assertThat(incident.opened()).isEqualTo(T0.plusSeconds(4));
    assertThat(incident.onset()).isEqualTo(T0.plusSeconds(2).minus(Script.TOOK));
    assertThat(incident.evidence()).hasSize(4);
    assertThat(incident.id().value()).hasSize(12);
    assertThat(script.verdict().rule()).isEqualTo("tcp: 3 of 3 looks in a row failed");
    assertThat(script.told()).containsExactly(Notice.Kind.OPENED);

    script.sees(UP, UP, UP, UP);
    assertThat(script.open()).isEmpty();
    assertThat(script.told()).containsExactly(Notice.Kind.RESOLVED);
  }

  @Test
  void noticesGoToTheReceiversOfTheRoute() {
    Script script = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED);
    assertThat(script.effects())
        .filteredOn(Effect.Tell.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Tell.class, tell -> assertThat(tell.notice().receivers()).contains("hook"));
  }

  @Test
  void aFastFailureIsLookedAtAgainOneByOneAndASlowOneTwiceAtOnce() {
    Script script = Script.watching(CheckKind.TCP).sees(UP);
    script.effects();
    Duration pause = Duration.ofMillis(200);
    assertThat(script.sees(REFUSED).asked()).containsExactly(pause);
    assertThat(script.sees(REFUSED).asked()).containsExactly(pause);
    assertThat(script.sees(REFUSED, REFUSED).asked()).isEmpty();
    assertThat(script.sees(UP).asked()).containsExactly(pause);

    Script slow = Script.watching(CheckKind.TCP).sees(UP);
    slow.effects();
    slow.waits(Duration.ofSeconds(10));
    Instant started = slow.now().minusSeconds(10);
    Evidence timedOut = new Given.Look("shop", 77, started, TIMED_OUT).took(Duration.ofSeconds(10));
    assertThat(slow.hears(timedOut).asked()).containsExactly(pause, pause.multipliedBy(2));
    assertThat(slow.sees(TIMED_OUT).asked()).containsExactly(pause);
  }

  @Test
  void nothingFreshIsUnknownAndKeepsTheIncidentOpen() {
    Script script = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED);
    script.effects();
    script.waits(Duration.ofSeconds(30));
    assertThat(script.shown()).isEqualTo(TargetState.UNKNOWN);
    assertThat(script.verdict().confidence()).isZero();
    assertThat(script.open()).isPresent();
    assertThat(script.told()).isEmpty();
    assertThat(script.state().evidence(Script.SHOP)).isEmpty();

    script.sees(UP, UP);
    assertThat(script.shown()).isEqualTo(TargetState.UNKNOWN);
    assertThat(script.verdict().rule()).contains("2 of 3");
    script.sees(UP);
    assertThat(script.shown()).isEqualTo(TargetState.UP);
    assertThat(script.told()).containsExactly(Notice.Kind.RESOLVED);
  }

  @Test
  void evidenceCountsForItsWindowAndNoLonger() {
    // 2.5 intervals of 1 s and a timeout of 10 s.
    Script script = Script.watching(CheckKind.TCP).sees(UP);
    assertThat(script.waits(Duration.ofSeconds(12)).shown()).isEqualTo(TargetState.UP);
    assertThat(script.waits(Duration.ofSeconds(1)).shown()).isEqualTo(TargetState.UNKNOWN);
  }

  @Test
  void theProbesOwnTroubleIsSaidWhenNothingElseIsKnown() {
    Script script = Script.watching(CheckKind.TCP).sees(NO_ROUTE);
    assertThat(script.verdict().cause().orElseThrow().finding().reason())
        .isEqualTo(Reason.PROBE_NO_ROUTE);
    assertThat(script.verdict().cause().orElseThrow().culprit()).isEqualTo("probe:p1");
    script.sees(UP);
    assertThat(script.verdict().cause()).isEmpty();
  }

  @Test
  void aTargetIsUpOnlyWhenEveryKindOfCheckIsKnown() {
    Script script = Script.watching(CheckKind.DNS, CheckKind.TCP).sees(UP);
    assertThat(script.shown()).isEqualTo(TargetState.UNKNOWN);
    assertThat(script.sees(CheckKind.DNS, "p1", UP).shown()).isEqualTo(TargetState.UP);
  }

  @Test
  void theFirstDominoIsTheCauseAndItsConsequencesAreEvidence() {
    Script script = Script.watching(CheckKind.DNS, CheckKind.TCP);
    script.sees(REFUSED, REFUSED, REFUSED);
    assertThat(script.open().orElseThrow().cause().layer()).isEqualTo(Layer.TCP);
    script.sees(CheckKind.DNS, "p1", NXDOMAIN, NXDOMAIN, NXDOMAIN);
    assertThat(script.verdict().cause().orElseThrow().layer()).isEqualTo(Layer.DNS);
    assertThat(script.open().orElseThrow().cause().layer()).isEqualTo(Layer.DNS);
    assertThat(script.verdict().evidence())
        .extracting(each -> each.observation().check())
        .contains(CheckKind.DNS, CheckKind.TCP);
    // The name is back, the server is not: what broke first stays on the incident.
    script.sees(CheckKind.DNS, "p1", UP, UP, UP);
    assertThat(script.verdict().cause().orElseThrow().layer()).isEqualTo(Layer.TCP);
    assertThat(script.open().orElseThrow().cause().layer()).isEqualTo(Layer.DNS);
    assertThat(script.told()).containsExactly(Notice.Kind.OPENED);
  }

  @Test
  void whileItIsRepairedTheCauseFollowsWhatIsSeenByMajority() {
    Script script = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED, STATUS);
    assertThat(script.verdict().cause().orElseThrow().layer()).isEqualTo(Layer.TCP);
    script.sees(STATUS);
    assertThat(script.verdict().cause().orElseThrow().layer()).isEqualTo(Layer.HTTP);
    assertThat(script.open().orElseThrow().cause().layer()).isEqualTo(Layer.HTTP);
    script.sees(REFUSED);
    assertThat(script.verdict().cause().orElseThrow().layer()).isEqualTo(Layer.TCP);
    assertThat(script.told()).containsExactly(Notice.Kind.OPENED);
  }

  @Test
  void oneProbeOfThreeIsPartialAndTwoAreDown() {
    Script script = Script.watching(CheckKind.TCP);
    script.sees(CheckKind.TCP, "p1", UP).sees(CheckKind.TCP, "p2", UP);
    script.sees(CheckKind.TCP, "p3", REFUSED, REFUSED, REFUSED);
    assertThat(script.shown()).isEqualTo(TargetState.DEGRADED);
    assertThat(script.verdict().scope()).contains(Scope.PARTIAL);
    assertThat(script.open()).isEmpty();
    script.sees(CheckKind.TCP, "p2", REFUSED, REFUSED, REFUSED);
    assertThat(script.shown()).isEqualTo(TargetState.DOWN);
    assertThat(script.verdict().scope()).contains(Scope.UNCONFIRMED);
  }

  @Test
  void moreProbesThanATargetKeepsPushOutTheMostSilentAndTheRestStillCounts() {
    Script script = Script.watching(CheckKind.TCP);
    for (int probe = 0; probe < EvidenceBook.MAX_TRACKS + 50; probe++) {
      Instant started = script.now().plusMillis(probe);
      Given.Look look = new Given.Look("shop", CheckKind.TCP, "p" + probe, probe, started, UP);
      script.hears(look.arriving(Script.TOOK, started.plus(Script.TOOK)));
    }
    assertThat(script.shown()).isEqualTo(TargetState.UP);
    assertThat(script.state().evidence(Script.SHOP)).hasSize(EvidenceBook.MAX_TRACKS);
    assertThat(script.verdict().evidence()).hasSize(Verdict.MAX_EVIDENCE);
  }

  @Test
  void lateFutureAndRepeatedLooksAreHistoryOnly() {
    Script script = Script.watching(CheckKind.TCP).sees(UP);
    Instant now = script.now();
    for (int look = 0; look < 4; look++) {
      Instant old = now.minusSeconds(100 + look);
      script.hears(new Given.Look("shop", 100 + look, old, REFUSED).arriving(Script.TOOK, now));
      Instant ahead = now.plusSeconds(6 + look);
      script.hears(new Given.Look("shop", 200 + look, ahead, REFUSED).arriving(Script.TOOK, now));
      script.hears(new Given.Look("shop", 300, now, REFUSED).arriving(Script.TOOK, now));
    }
    assertThat(script.shown()).isEqualTo(TargetState.UP);
    assertThat(script.state().evidence(Script.SHOP)).hasSize(2);
  }

  @Test
  void aProbeWhoseClockIsSetBackIsBelievedAgain() {
    Script script = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED, REFUSED);
    Script back = Script.of(script.state(), script.now().minusSeconds(600));
    back.sees(UP, UP);
    assertThat(back.shown()).isNotEqualTo(TargetState.UP);
    assertThat(back.sees(UP).shown()).isEqualTo(TargetState.UP);
  }

  @Test
  void whatWasFreshIsNotFreshForeverWhenTheClockIsSetBack() {
    Script script = Script.watching(CheckKind.TCP).sees(UP);
    Script back = Script.of(script.state(), script.now().minusSeconds(3600));
    assertThat(back.waits(Duration.ofSeconds(1)).shown()).isEqualTo(TargetState.UNKNOWN);
  }

  @Test
  void aRestartSendsNothingTwiceAndLosesNothing() {
    Script before = Script.watching(CheckKind.TCP).sees(UP, REFUSED, REFUSED, REFUSED);
    Memory memory = Given.memory(before.state());
    Instant later = before.now().plusSeconds(5);
    Script after = Script.of(Core.restore(memory), later);
    assertThat(after.state().openIncidents()).hasSize(1);
    after.configure(
        Given.configuration(Given.target("shop", Duration.ofSeconds(1), CheckKind.TCP)));
    assertThat(after.shown()).isEqualTo(TargetState.UNKNOWN);
    assertThat(after.open()).isEqualTo(before.open());
    after.sees(REFUSED, REFUSED, REFUSED);
    assertThat(after.shown()).isEqualTo(TargetState.DOWN);
    assertThat(after.told()).isEmpty();
    after.sees(UP, UP, UP);
    assertThat(after.told()).containsExactly(Notice.Kind.RESOLVED);
  }

  @Test
  void anUnknownThatWasRememberedGoesOn() {
    Memory memory =
        new Memory(List.of(new Memory.Remembered(Script.SHOP, TargetState.UNKNOWN, T0)), List.of());
    Script script = Script.of(Core.restore(memory), T0.plusSeconds(50));
    script.configure(
        Given.configuration(Given.target("shop", Duration.ofSeconds(1), CheckKind.TCP)));
    assertThat(script.effects()).isEmpty();
    assertThat(script.verdict().since()).isEqualTo(T0);
  }

  @Test
  void whatIsNoLongerConfiguredIsForgottenAndItsIncidentEndsUntold() {
    Script script = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED);
    script.effects();
    script.configure(Given.configuration());
    assertThat(script.effects())
        .hasSize(2)
        .contains(new Effect.TargetForgotten(Script.SHOP))
        .anySatisfy(
            effect ->
                assertThat(effect)
                    .isInstanceOfSatisfying(
                        Effect.IncidentChanged.class,
                        changed -> assertThat(changed.incident().isOpen()).isFalse()));
    assertThat(script.state().verdict(Script.SHOP)).isEqualTo(Optional.empty());
    assertThat(script.sees(REFUSED).waits(Duration.ofSeconds(60)).effects()).isEmpty();
  }

  @Test
  void whatARestartNoLongerFindsConfiguredIsForgottenToo() {
    Script before = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED);
    Step step = Core.restore(Given.memory(before.state()), Given.configuration(), before.now());
    assertThat(step.state().openIncidents()).isEmpty();
    assertThat(step.effects()).hasSize(2).contains(new Effect.TargetForgotten(Script.SHOP));
  }

  @Test
  void aChangedCheckStartsAnewAndAnUnchangedOneGoesOn() {
    Script script = Script.watching(CheckKind.DNS, CheckKind.TCP).sees(UP);
    script.sees(CheckKind.DNS, "p1", UP);
    script.configure(
        Given.configuration(Given.target("shop", Duration.ofSeconds(2), CheckKind.TCP)));
    assertThat(script.shown()).isEqualTo(TargetState.UP);
    script.configure(
        Given.configuration(
            Given.target("shop", Duration.ofSeconds(2), CheckKind.TCP, CheckKind.TLS)));
    assertThat(script.shown()).isEqualTo(TargetState.UNKNOWN);
  }

  @Test
  void confidenceGrowsWithLooksThatAgree() {
    Script script = Script.watching(CheckKind.TCP).sees(REFUSED, REFUSED, REFUSED);
    assertThat(script.verdict().confidence()).isEqualTo(0.8);
    assertThat(script.sees(REFUSED).verdict().confidence()).isGreaterThan(0.8);
    assertThat(script.sees(UP).verdict().confidence()).isLessThan(0.8);
  }
}
