package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.policy.DecisionRules;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.Window;

/** What another core makes of what the one before it held. */
final class TakeoverTest {
  private static final int FELL = 600;

  private static Scene down(int probes, int regions) {
    return new Scene(probes, regions)
        .watching("shop")
        .watching("a")
        .watching("b")
        .when((_, target, second) -> target.equals("shop") && second >= FELL);
  }

  private static Instant second(long second) {
    return Scene.START.plusSeconds(second);
  }

  /** The intervals of a record touch one another: nothing is missing and nothing counts twice. */
  private static List<TargetState> unbroken(List<Store.Interval> intervals) {
    for (int at = 1; at < intervals.size(); at++) {
      assertThat(intervals.get(at - 1).until()).contains(intervals.get(at).from());
    }
    assertThat(intervals.getLast().until()).isEmpty();
    return intervals.stream().map(Store.Interval::state).toList();
  }

  @ParameterizedTest
  @CsvSource({"12, 6", "1, 1", "3, 1", "2, 2"})
  void anOutageIsAsOldAsItIsHoweverOftenAnotherTakesOver(int probes, int regions) {
    Verdict before = down(probes, regions).run(1800).verdict("shop");
    assertThat(before.state()).isEqualTo(TargetState.DOWN);
    Scene scene =
        down(probes, regions).takenOverAt(1800).takenOverAt(2400).takenOverAt(2401).run(3600);
    Verdict after = scene.verdict("shop");
    assertThat(after.state()).isEqualTo(TargetState.DOWN);
    assertThat(after.since()).isEqualTo(before.since());
    assertThat(scene.verdict("a").since())
        .isEqualTo(down(probes, regions).run(1800).verdict("a").since());
    assertThat(unbroken(scene.intervals("shop")))
        .filteredOn(state -> state != TargetState.DOWN)
        .containsExactly(TargetState.UNKNOWN, TargetState.UP);
    assertThat(scene.incidents()).hasSize(1);
    assertThat(scene.told()).hasSize(1);
  }

  @Test
  void anOutageOfOneRegionIsNotOverBecauseOthersLookFirst() {
    Scene scene =
        new Scene(12, 6)
            .watching("shop")
            .watching("a")
            .when(
                (probe, target, second) ->
                    target.equals("shop") && probe % 6 == 4 && second >= FELL)
            .takenOverAt(1800)
            .run(2400);
    Verdict after = scene.verdict("shop");
    assertThat(after.state()).isEqualTo(TargetState.DEGRADED);
    assertThat(after.since()).isBefore(second(FELL + 180));
    assertThat(unbroken(scene.intervals("shop")))
        .filteredOn(state -> state != TargetState.DEGRADED)
        .containsExactly(TargetState.UNKNOWN, TargetState.UP);
  }

  /** Those for whom all is well are heard at once, the others only after a while. */
  @ParameterizedTest
  @CsvSource({"0, 1803", "0, 1815", "1, 1815", "2, 1815"})
  void anOutageIsNotOverBecauseThoseAreHeardFirstWhoDoNotSeeIt(int fine, long heardAgain) {
    Duration second = Duration.ofSeconds(1);
    Scene scene =
        new Scene(6, 3)
            .by(new DecisionRules(3, 0.995, second, second, second))
            .every(second.multipliedBy(2))
            .watching("shop")
            .watching("a")
            .when((probe, target, at) -> target.equals("shop") && probe >= fine && at >= FELL)
            .butFor(fine)
            .silentFrom(1800)
            .heardAgainFrom(heardAgain)
            .takenOverAt(1801)
            .run(1900);
    assertThat(scene.verdict("shop").state()).isIn(TargetState.DOWN, TargetState.DEGRADED);
    assertThat(scene.incidents()).hasSize(1);
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED);
  }

  /** One sees it fail since shortly before; another that does not yet is heard next. */
  @ParameterizedTest
  @CsvSource({"1804", "1805", "1808"})
  void anOutageIsToldOnceWhoeverIsHeardFirst(long next) {
    Duration second = Duration.ofSeconds(1);
    Scene scene =
        new Scene(6, 3)
            .by(new DecisionRules(3, 0.995, second, second, second))
            .every(second.multipliedBy(2))
            .watching("shop")
            .watching("a")
            .when((probe, target, at) -> target.equals("shop") && at >= (probe == 1 ? 1815 : 1795))
            .butFor(1)
            .silentFrom(1780)
            .heardAgainFrom(1, next)
            .heardAgainFrom(1815)
            .takenOverAt(1801)
            .run(1900);
    assertThat(scene.verdict("shop").state()).isEqualTo(TargetState.DOWN);
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED);
    assertThat(scene.published()).hasSize(1);
  }

  @Test
  void whatProbesSawLongAgoOpensNothingAndEndsNothing() {
    Duration second = Duration.ofSeconds(1);
    Scene scene =
        new Scene(9, 3)
            .by(new DecisionRules(3, 0.995, second, second, second))
            .every(second.multipliedBy(2))
            .watching("shop")
            .watching("a")
            .when((_, target, at) -> target.equals("shop") && at >= FELL && at < FELL + 25)
            .butFor(4)
            .spooling()
            .silentFrom(FELL - 5)
            .heardAgainFrom(FELL + 50)
            .run(FELL + 300);
    assertThat(scene.incidents()).hasSize(1);
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED, Notice.Kind.RESOLVED);
  }

  @Test
  void whatProbesSawWhileAllWasWellEndsNothing() {
    Duration second = Duration.ofSeconds(1);
    Scene scene =
        new Scene(9, 3)
            .by(new DecisionRules(3, 0.995, second, second, second))
            .every(second.multipliedBy(2))
            .watching("shop")
            .watching("a")
            .when((_, target, at) -> target.equals("shop") && at >= FELL)
            .butFor(4)
            .spooling()
            .silentFrom(FELL - 60)
            .heardAgainFrom(FELL + 20)
            .run(FELL + 300);
    assertThat(scene.incidents()).hasSize(1);
    assertThat(scene.told()).containsExactly(Notice.Kind.OPENED);
  }

  @Test
  void uptimeIsTheSameWithAndWithoutATakeover() {
    Instant end = second(3600);
    double without =
        UptimeHistory.of(down(12, 6).run(3600).intervals("shop"))
            .ratio(Window.DAY, end)
            .orElseThrow();
    double with =
        UptimeHistory.of(down(12, 6).takenOverAt(1800).run(3600).intervals("shop"))
            .ratio(Window.DAY, end)
            .orElseThrow();
    assertThat(with).isCloseTo(without, within(1e-9));
  }

  @Test
  void whatChangedMeanwhileBeginsWhenItIsSeenAndWhatLiesBetweenIsUnknown() {
    Scene scene =
        new Scene(12, 6)
            .watching("shop")
            .watching("a")
            .when((_, target, at) -> target.equals("shop") && at >= FELL && at < 1800)
            .takenOverAt(1800)
            .run(2400);
    Verdict after = scene.verdict("shop");
    assertThat(after.state()).isEqualTo(TargetState.UP);
    assertThat(after.since()).isAfterOrEqualTo(second(1800));
    List<Store.Interval> intervals = scene.intervals("shop");
    assertThat(unbroken(intervals)).endsWith(TargetState.DOWN, TargetState.UNKNOWN, TargetState.UP);
    assertThat(intervals.get(intervals.size() - 2).from()).isEqualTo(second(1800));
    assertThat(intervals.getLast().from()).isEqualTo(after.since());
  }

  @Test
  void whatNobodySeesAfterwardsIsUnknownSinceTheTakeover() {
    Scene scene = new Scene(12, 6).watching("shop").silentFrom(1795).takenOverAt(1800).run(2400);
    Verdict after = scene.verdict("shop");
    assertThat(after.state()).isEqualTo(TargetState.UNKNOWN);
    assertThat(after.since()).isEqualTo(second(1800));
    List<Store.Interval> intervals = scene.intervals("shop");
    assertThat(unbroken(intervals)).endsWith(TargetState.UP, TargetState.UNKNOWN);
    assertThat(intervals.getLast().from()).isEqualTo(second(1800));
    assertThat(intervals.getLast().until()).isEqualTo(Optional.empty());
  }

  @Test
  void whatIsSeenAgainMuchLaterBeginsAnew() {
    Scene scene =
        new Scene(12, 6)
            .watching("shop")
            .silentFrom(1795)
            .heardAgainFrom(2400)
            .takenOverAt(1800)
            .run(3000);
    Verdict after = scene.verdict("shop");
    assertThat(after.state()).isEqualTo(TargetState.UP);
    assertThat(Duration.between(second(2400), after.since())).isPositive();
    assertThat(unbroken(scene.intervals("shop")))
        .endsWith(TargetState.UP, TargetState.UNKNOWN, TargetState.UP);
  }
}
