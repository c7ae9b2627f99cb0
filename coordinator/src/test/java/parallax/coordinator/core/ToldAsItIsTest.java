package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.Words;

/** What is up but not well, and what is blocked in one place, are told as that. */
final class ToldAsItIsTest {
  private static final Outcome SLOW = Outcome.degraded(Reason.HTTP_SLOW, "1.5 s");
  private static final long BEGIN = 600;

  /** Twelve probes in six regions; that of probe p is r(p mod 6). */
  private static Scene scene(Scene.Sight trouble, long seconds) {
    return new Scene(12, 6)
        .watching("shop")
        .watching("wiki")
        .watching("mail")
        .watching("docs")
        .seeing(
            (probe, target, second) ->
                target.equals("shop") && second >= BEGIN
                    ? trouble.of(probe, target, second)
                    : Outcome.up())
        .run(seconds);
  }

  @Test
  void slowForEverybodyIsDegradedWithItsReasonAndNobodyIsCalled() {
    Scene scene = scene((_, _, _) -> SLOW, 1800);
    Verdict verdict = scene.verdict("shop");
    assertThat(verdict.state()).isEqualTo(TargetState.DEGRADED);
    assertThat(verdict.scope()).isEqualTo(Optional.of(Scope.GLOBAL));
    assertThat(verdict.works()).isTrue();
    assertThat(Words.of(verdict))
        .startsWith("up, but HTTP: slower than allowed: 1.5 s; for everybody; since ");
    assertThat(verdict.why().wouldChange()).isNotEmpty();
    assertThat(scene.incidents()).isEmpty();
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void slowInOneRegionIsDegradedThereAndNobodyIsCalled() {
    Scene scene = scene((probe, _, _) -> probe % 6 == 2 ? SLOW : Outcome.up(), 1800);
    Verdict verdict = scene.verdict("shop");
    assertThat(verdict.state()).isEqualTo(TargetState.DEGRADED);
    assertThat(verdict.scope()).isEqualTo(Optional.of(Scope.REGIONAL));
    assertThat(verdict.regions()).containsExactly(new Region("r2"));
    assertThat(Words.of(verdict))
        .startsWith("up, but HTTP: slower than allowed: 1.5 s; in r2 only; since ");
    assertThat(scene.incidents()).isEmpty();
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void whatOneProbeAloneFindsSlowIsUp() {
    Scene scene = scene((probe, _, _) -> probe == 2 ? SLOW : Outcome.up(), 1800);
    assertThat(Words.of(scene.verdict("shop"))).startsWith("up; since ");
  }

  @Test
  void fastAgainIsUpAndNothingIsLeft() {
    Scene scene = scene((_, _, second) -> second < 1800 ? SLOW : Outcome.up(), 3600);
    assertThat(scene.verdict("shop").state()).isEqualTo(TargetState.UP);
    assertThat(Words.of(scene.verdict("shop"))).startsWith("up; since ");
  }

  @Test
  void slowForEverybodyAndDownInOneRegionIsNotUp() {
    Scene scene =
        scene(
            (probe, _, _) -> probe % 6 == 2 ? Outcome.down(Reason.HTTP_STATUS, "503") : SLOW, 1800);
    assertThat(scene.verdict("shop").works()).isFalse();
    assertThat(Words.of(scene.verdict("shop")))
        .startsWith("fails: HTTP: unexpected status: 503; from r2 only; since ");
  }

  @Test
  void aRegionThatIsRefusedIsToldAsBlockedThereWithTheSameScopeAndCalls() {
    Outcome refused = Outcome.down(Reason.HTTP_STATUS, "403 Forbidden, expected 200-299");
    Outcome broken = Outcome.down(Reason.HTTP_STATUS, "503 Service Unavailable");
    Scene blocked = scene((probe, _, _) -> probe % 6 == 2 ? refused : Outcome.up(), 3600);
    Scene failing = scene((probe, _, _) -> probe % 6 == 2 ? broken : Outcome.up(), 3600);
    Verdict verdict = blocked.verdict("shop");
    assertThat(verdict.scope()).isEqualTo(Optional.of(Scope.REGIONAL));
    assertThat(Words.of(verdict))
        .startsWith(
            "works, but looks blocked in r2: HTTP 403, refused there and nowhere else (2 probes)");
    List<Incident> told = blocked.published();
    assertThat(told).hasSize(1);
    assertThat(Words.of(told.getFirst()))
        .startsWith("shop works, but looks blocked in r2: HTTP 403");
    assertThat(Words.of(failing.published().getFirst()))
        .startsWith(
            "shop is not working: HTTP: unexpected status: 503 Service Unavailable; from r2");
    assertThat(blocked.told()).isEqualTo(failing.told());
    assertThat(told.getFirst().opened()).isEqualTo(failing.published().getFirst().opened());
    assertThat(told.getFirst().published()).isEqualTo(failing.published().getFirst().published());
  }

  @Test
  void aResetOfPlainRequestsInOneRegionIsToldAsABlock() {
    Outcome reset = Outcome.down(Reason.HTTP_RESET, "before the answer");
    Scene scene = scene((probe, _, _) -> probe % 6 == 2 ? reset : Outcome.up(), 1800);
    assertThat(Words.of(scene.verdict("shop")))
        .startsWith(
            "works, but looks blocked in r2: the connection is reset once the name is sent");
  }

  @Test
  void theSameRefusalInTwoRegionsIsNotABlock() {
    Outcome refused = Outcome.down(Reason.HTTP_STATUS, "403 Forbidden");
    Scene scene =
        scene((probe, _, _) -> probe % 6 == 2 || probe % 6 == 3 ? refused : Outcome.up(), 3600);
    assertThat(scene.published()).hasSize(1);
    assertThat(Words.of(scene.published().getFirst())).startsWith("shop is not working: HTTP");
  }
}
