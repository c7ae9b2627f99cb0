package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.QuietTimes;

/** What the core makes of simple scenes. */
final class CoreTest {
  private static final Dependency CDN = new Dependency(DependencyKind.CDN, "fastly");

  private static Scene scene(int probes, int regions) {
    return new Scene(probes, regions).watching("shop").watching("a").watching("b").watching("c");
  }

  private static boolean between(long second, long from, long until) {
    return second >= from && second < until;
  }

  @Test
  void anOutageForEverybodyIsGlobalAndToldOnce() {
    Scene scene =
        scene(12, 6)
            .when((_, target, second) -> target.equals("shop") && between(second, 600, 1200))
            .run(2000);
    assertThat(scene.published()).hasSize(1);
    Incident incident = scene.published().getFirst();
    assertThat(incident.scope()).isEqualTo(Scope.GLOBAL);
    assertThat(incident.cause().culprit()).isEqualTo("target:shop");
    assertThat(incident.targets()).containsExactly(new TargetName("shop"));
    assertThat(Duration.between(Scene.START.plusSeconds(600), incident.opened()))
        .isLessThan(Duration.ofSeconds(30));
    assertThat(Duration.between(incident.opened(), incident.published().orElseThrow()))
        .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(26));
    assertThat(incident.resolved()).isPresent();
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED, Notice.Kind.RESOLVED);
    assertThat(scene.verdict("shop").state()).isEqualTo(TargetState.UP);
  }

  /** Until somebody's next turn it would be up to seven seconds, to the timeout twelve. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void whoeverDoesNotAnswerHoldsADecisionBackForTwoSecondsOnly(int deaf) {
    Scene scene =
        new Scene(8, 4).watching("shop").deaf(deaf).when((_, _, second) -> second >= 600).run(700);
    assertThat(scene.incidents().getFirst().scope()).isEqualTo(Scope.GLOBAL);
    assertThat(scene.incidents().getFirst().opened())
        .isBeforeOrEqualTo(Scene.START.plusSeconds(603));
  }

  /** Of those who looked at once the last was heard first; waiting for answers took the timeout. */
  @Test
  void looksThatOvertakeOneAnotherOnTheirWaySpeakTogether() {
    Scene scene =
        new Scene(24, 4)
            .watching("shop")
            .every(Duration.ofMinutes(10))
            .deaf()
            .lookingAtOnce(610, 100)
            .when((_, _, second) -> second >= 610)
            .run(624);
    assertThat(scene.incidents().getFirst().scope()).isEqualTo(Scope.GLOBAL);
    assertThat(scene.incidents().getFirst().onset())
        .isCloseTo(Scene.START.plusSeconds(610), within(100, ChronoUnit.MILLIS));
    assertThat(scene.incidents().getFirst().opened())
        .isBeforeOrEqualTo(Scene.START.plusSeconds(617));
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 300, 600})
  void whatEverybodySeesIsGlobalAtOnceHoweverManyTheyAre(int probes) {
    Scene scene =
        new Scene(probes, 3)
            .watching("shop")
            .every(Duration.ofMinutes(10))
            .deaf()
            .lookingAtOnce(610, 5)
            .when((_, _, second) -> second >= 610)
            .run(624);
    assertThat(scene.incidents().getFirst().scope()).isEqualTo(Scope.GLOBAL);
    assertThat(scene.incidents().getFirst().opened())
        .isBeforeOrEqualTo(Scene.START.plusSeconds(617));
    assertThat(scene.verdict("shop").why().explanations().getFirst().name()).isEqualTo("global");
  }

  @Test
  void aVerdictSaysWhyAndWhatWouldChangeIt() {
    Scene scene =
        scene(12, 6).when((_, target, second) -> target.equals("shop") && second >= 600).run(900);
    var verdict = scene.verdict("shop");
    assertThat(verdict.state()).isEqualTo(TargetState.DOWN);
    assertThat(verdict.why().rule()).contains("http fails for 12 of 12 probes");
    assertThat(verdict.why().explanations().getFirst().name()).isEqualTo("global");
    assertThat(verdict.why().shares()).hasSize(6);
    assertThat(verdict.why().wouldChange()).isNotEmpty();
    assertThat(verdict.votes()).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 11})
  void oneProbeNeverMakesAnIncidentOfATarget(int liar) {
    Scene scene = scene(12, 6).when((probe, _, second) -> probe == liar && second > 300).run(3000);
    assertThat(scene.published()).hasSize(1);
    assertThat(scene.published().getFirst().subject()).isEqualTo(Incident.Subject.VANTAGE);
    assertThat(scene.published().getFirst().cause().culprit()).isEqualTo("probe:p" + liar);
    assertThat(scene.verdict("shop").state()).isEqualTo(TargetState.UP);
  }

  @Test
  void aLostRegionIsOurTroubleAndNobodyElses() {
    Scene scene = scene(12, 6).when((probe, _, second) -> probe % 6 == 2 && second > 600).run(2400);
    assertThat(scene.published()).hasSize(1);
    assertThat(scene.published().getFirst().cause().culprit()).isEqualTo("region:r2");
  }

  @Test
  void aTargetThatFailsInOneRegionOnlyIsRegional() {
    Scene scene =
        scene(12, 6)
            .when(
                (probe, target, second) -> probe % 6 == 2 && target.equals("shop") && second > 600)
            .run(2400);
    assertThat(scene.published()).hasSize(1);
    assertThat(scene.published().getFirst().scope()).isEqualTo(Scope.REGIONAL);
    assertThat(scene.published().getFirst().regions()).containsExactly(new Region("r2"));
  }

  @Test
  void targetsThatFailThroughOneProviderAreOneIncident() {
    Scene scene =
        new Scene(12, 6)
            .watching("one", CDN)
            .watching("two", CDN)
            .watching("three", CDN)
            .watching("other")
            .watching("another")
            .when(
                (_, target, second) ->
                    List.of("one", "two", "three").contains(target) && second > 600)
            .run(1500);
    assertThat(scene.published()).hasSize(1);
    assertThat(scene.published().getFirst().targets()).hasSize(3);
    assertThat(scene.published().getFirst().cause().culprit()).isEqualTo("cdn:fastly");
    assertThat(scene.published().getFirst().why().rivals()).isNotEmpty();
  }

  @Test
  void whatShareNothingStayTwo() {
    Scene scene =
        scene(12, 6)
            .when(
                (_, target, second) ->
                    (target.equals("shop") && second > 600) || (target.equals("a") && second > 620))
            .run(1500);
    assertThat(scene.published()).hasSize(2);
  }

  @Test
  void aHiccupIsToldToNobody() {
    Scene scene =
        scene(12, 6)
            .when((_, target, second) -> target.equals("shop") && between(second, 600, 606))
            .run(1500);
    assertThat(scene.published()).isEmpty();
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void whatComesAndGoesIsOneIncidentAndOnePage() {
    Scene scene =
        scene(12, 6)
            .when(
                (_, target, second) ->
                    target.equals("shop") && between(second, 600, 1800) && second / 60 % 2 == 0)
            .run(4000);
    assertThat(scene.published()).hasSize(1);
    assertThat(scene.told()).startsWith(Notice.Kind.OPENED).endsWith(Notice.Kind.RESOLVED);
    assertThat(scene.told()).containsOnlyOnce(Notice.Kind.OPENED);
  }

  @Test
  void inMaintenanceTroubleIsFollowedAndToldToNobody() {
    QuietTimes window =
        new QuietTimes.Window(Scene.START.plusSeconds(500), Scene.START.plusSeconds(1500));
    Scene scene =
        new Scene(12, 6)
            .watching("shop", List.of(window))
            .watching("a")
            .watching("b")
            .when((_, target, second) -> target.equals("shop") && between(second, 600, 1200))
            .run(2500);
    assertThat(scene.incidents()).isNotEmpty();
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void whatIsStillBrokenAfterTheWindowIsTold() {
    QuietTimes window =
        new QuietTimes.Window(Scene.START.plusSeconds(500), Scene.START.plusSeconds(1500));
    Scene scene =
        new Scene(12, 6)
            .watching("shop", List.of(window))
            .watching("a")
            .watching("b")
            .when((_, target, second) -> target.equals("shop") && second > 600)
            .run(2000);
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED);
    assertThat(scene.published().getFirst().published().orElseThrow())
        .isAfterOrEqualTo(Scene.START.plusSeconds(1500));
  }

  @Test
  void aSingleProbeDecidesByThreeLooksInARowAndCallsItUnconfirmed() {
    Scene scene =
        new Scene(1, 1)
            .watching("shop")
            .when((_, _, second) -> between(second, 600, 1200))
            .run(2000);
    assertThat(scene.published()).hasSize(1);
    assertThat(scene.published().getFirst().scope()).isEqualTo(Scope.UNCONFIRMED);
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED, Notice.Kind.RESOLVED);
  }

  @Test
  void aSingleProbeIsBelievedThoughMostOfWhatItSeesFails() {
    Scene scene = scene(1, 1).when((_, target, _) -> !target.equals("shop")).run(1200);
    assertThat(scene.verdict("shop").state()).isEqualTo(TargetState.UP);
    assertThat(scene.verdict("a").state()).isEqualTo(TargetState.DOWN);
    assertThat(scene.published())
        .hasSize(3)
        .allSatisfy(i -> assertThat(i.subject()).isEqualTo(Incident.Subject.SERVICE));
  }

  @Test
  void probesOfASingleRegionNeverMakeItGlobal() {
    Scene scene = scene(4, 1).when((_, _, second) -> second > 600).run(1800);
    assertThat(scene.incidents())
        .isNotEmpty()
        .allSatisfy(incident -> assertThat(incident.scope()).isNotEqualTo(Scope.GLOBAL));
  }

  @Test
  void repetitionsChangeNothing() {
    Scene once = outage();
    Scene thrice = outage(3, 0);
    assertThat(thrice.incidents()).isEqualTo(once.incidents());
    assertThat(thrice.verdict("shop")).isEqualTo(once.verdict("shop"));
    assertThat(thrice.told()).isEqualTo(once.told());
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 30_000, 80_000})
  void theOrderOfArrivalDoesNotChangeWhatIsHeldInTheEnd(long late) {
    Scene ordered = outage();
    Scene shuffled = outage(1, late);
    assertThat(shuffled.verdict("shop").state()).isEqualTo(ordered.verdict("shop").state());
    assertThat(shuffled.verdict("shop").scope()).isEqualTo(ordered.verdict("shop").scope());
    assertThat(shuffled.verdict("shop").cause()).isEqualTo(ordered.verdict("shop").cause());
  }

  @Test
  void anOutageOfEverythingAsksForLessThanTheScheduleDoes() {
    Scene scene = scene(12, 6).when((_, _, second) -> second > 600).run(4200);
    long scheduled = 12L * 4 * 60;
    assertThat(scene.asked()).isLessThan(scheduled / 2);
  }

  private static Scene outage() {
    return outage(1, 0);
  }

  private static Scene outage(int copies, long late) {
    return scene(12, 6)
        .repeating(copies)
        .shuffling(late)
        .when((_, target, second) -> target.equals("shop") && second > 600)
        .run(1500);
  }
}
