package parallax.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

final class ScheduleTest {
  private static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final int ALL = Integer.MAX_VALUE;

  private final Schedule schedule = new Schedule(new ProbeName("p1"));

  @Test
  void checksAreSpreadEvenlyOverTheInterval() {
    schedule.assign(targets(10_000, INTERVAL), T0);
    Instant steady = T0.plusSeconds(120);
    run(T0, steady, Duration.ofMillis(10));
    int[] perSecond = new int[30];
    for (Due due : run(steady, steady.plus(INTERVAL), Duration.ofMillis(10))) {
      perSecond[Math.floorMod(Duration.between(steady, due.scheduled()).toSeconds(), 30)]++;
    }
    // 10,000 in 30 buckets: 333 each, standard deviation 18.
    assertThat(perSecond)
        .satisfies(
            counts -> {
              for (int count : counts) {
                assertThat(count).isBetween(333 - 90, 333 + 90);
              }
            });
  }

  @Test
  void newTargetsAreLookedAtAtOnceButNotAllTogether() {
    schedule.assign(targets(1000, INTERVAL), T0);
    assertThat(schedule.due(T0, ALL)).hasSizeLessThanOrEqualTo(2);
    Map<TargetName, Integer> seen = new HashMap<>();
    run(T0, T0.plusSeconds(5), Duration.ofMillis(5))
        .forEach(due -> seen.merge(due.slot().target(), 1, Integer::sum));
    assertThat(seen).hasSizeGreaterThan(995);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 30, 3600})
  void roundsNeverDrift(int seconds) {
    Duration interval = Duration.ofSeconds(seconds);
    schedule.assign(targets(1, interval), T0);
    Instant last = T0;
    Instant first = Instant.MAX;
    int rounds = 0;
    SplittableRandom random = new SplittableRandom(seconds);
    for (; rounds < 100_000; rounds++) {
      Instant next = schedule.next().orElseThrow();
      List<Due> due = schedule.due(next.plusNanos(random.nextLong(400_000_000)), ALL);
      assertThat(due).hasSize(1);
      last = due.getFirst().scheduled();
      first = rounds == 1 ? last : first;
      schedule.finished(due.getFirst().slot());
    }
    long elapsed = Duration.between(first, last).toMillis();
    long jitter = Math.min(interval.toMillis() / 20, 500);
    assertThat(elapsed)
        .isBetween(
            (rounds - 2) * interval.toMillis() - jitter - 1,
            (rounds - 2) * interval.toMillis() + jitter + 1);
  }

  @Test
  void afterAPauseEachCheckComesOnceAndTheRestIsCounted() {
    schedule.assign(targets(100, INTERVAL), T0);
    run(T0, T0.plusSeconds(60), Duration.ofMillis(10));
    Instant after = T0.plusSeconds(660);
    List<Due> atOnce = schedule.due(after, ALL);
    // Only those whose latest round was due within the last second.
    assertThat(atOnce).hasSizeLessThan(15);
    assertThat(schedule.skippedLate() + atOnce.size()).isBetween(1900L, 2101L);
    atOnce.forEach(due -> schedule.finished(due.slot()));
    assertThat(run(after, after.plus(INTERVAL), Duration.ofMillis(10)).size()).isBetween(95, 105);
  }

  @Test
  void aCheckThatStillRunsIsNotBegunAgain() {
    schedule.assign(targets(1, Duration.ofSeconds(1)), T0);
    Due first = schedule.due(T0, ALL).getFirst();
    int begun = 0;
    for (int tenth = 1; tenth <= 100; tenth++) {
      begun += schedule.due(T0.plusMillis(tenth * 100L), ALL).size();
    }
    assertThat(begun).isZero();
    assertThat(schedule.skippedRunning()).isBetween(9L, 10L);
    schedule.finished(first.slot());
    assertThat(run(T0.plusSeconds(10), T0.plusSeconds(12), Duration.ofMillis(10))).hasSize(2);
  }

  @Test
  void theSameChecksHaveTheSamePlacesAfterARestartAndBesideOthers() {
    List<Target> few = targets(50, INTERVAL);
    Schedule other = new Schedule(new ProbeName("p1"));
    schedule.assign(few, T0);
    other.assign(targets(500, INTERVAL), T0.minusSeconds(1234));
    Map<Slot, Instant> here = places(schedule);
    Map<Slot, Instant> there = places(other);
    assertThat(here).hasSize(50);
    here.forEach((slot, due) -> assertThat(there.get(slot)).isEqualTo(due));
  }

  @Test
  void reassigningKeepsPlacesAndForgetsWhatIsGone() {
    schedule.assign(targets(100, INTERVAL), T0);
    run(T0, T0.plusSeconds(1), Duration.ofMillis(5));
    Schedule same = new Schedule(new ProbeName("p1"));
    same.assign(targets(100, INTERVAL), T0);
    runOn(same, T0, T0.plusSeconds(1), Duration.ofMillis(5));
    schedule.assign(targets(60, INTERVAL), T0.plusSeconds(1));
    assertThat(schedule.size()).isEqualTo(60);
    List<Due> rest = run(T0.plusSeconds(1), T0.plusSeconds(40), Duration.ofMillis(5));
    List<Due> all = runOn(same, T0.plusSeconds(1), T0.plusSeconds(40), Duration.ofMillis(5));
    assertThat(rest)
        .containsExactlyElementsOf(all.stream().filter(due -> number(due) < 60).toList());
  }

  @Test
  void anotherLookComesWhenItWasAskedForAndOnlyOnce() {
    schedule.assign(targets(1, Duration.ofHours(1)), T0);
    Slot slot = schedule.due(T0, ALL).getFirst().slot();
    schedule.finished(slot);
    schedule.checkNow(slot, Duration.ofSeconds(5), T0);
    schedule.checkNow(slot, Duration.ofSeconds(3), T0);
    schedule.checkNow(slot, Duration.ofSeconds(4), T0);
    assertThat(schedule.next()).contains(T0.plusSeconds(3));
    assertThat(schedule.due(T0.plusMillis(2999), ALL)).isEmpty();
    List<Due> due = schedule.due(T0.plusSeconds(10), ALL);
    assertThat(due).extracting(Due::scheduled).containsExactly(T0.plusSeconds(3));
    schedule.finished(slot);
    assertThat(schedule.due(T0.plusSeconds(60), ALL)).isEmpty();
  }

  @Test
  void aLookThatIsUnderWayIsAsGoodAsTheOneAskedFor() {
    schedule.assign(targets(1, Duration.ofHours(1)), T0);
    Slot slot = schedule.due(T0, ALL).getFirst().slot();
    schedule.checkNow(slot, Duration.ofSeconds(1), T0);
    assertThat(schedule.due(T0.plusSeconds(2), ALL)).isEmpty();
    schedule.checkNow(new Slot(new TargetName("nobody"), CheckKind.TCP), Duration.ZERO, T0);
    assertThat(schedule.due(T0.plusSeconds(2), ALL)).isEmpty();
  }

  @Test
  void whatIsDueComesInPortions() {
    schedule.assign(targets(1000, INTERVAL), T0);
    Instant later = T0.plusMillis(900);
    int first = schedule.due(later, 64).size();
    int second = schedule.due(later, 64).size();
    assertThat(first).isEqualTo(64);
    assertThat(second).isEqualTo(64);
  }

  private List<Due> run(Instant from, Instant to, Duration step) {
    return runOn(schedule, from, to, step);
  }

  private static List<Due> runOn(Schedule schedule, Instant from, Instant to, Duration step) {
    List<Due> all = new ArrayList<>();
    for (Instant now = from; now.isBefore(to); now = now.plus(step)) {
      List<Due> due = schedule.due(now, ALL);
      due.forEach(each -> schedule.finished(each.slot()));
      all.addAll(due);
    }
    return all;
  }

  /** The round of each check in an hour that both schedules reach by themselves. */
  private static Map<Slot, Instant> places(Schedule schedule) {
    Map<Slot, Instant> places = new HashMap<>();
    runOn(schedule, T0, T0.plusSeconds(60), Duration.ofMillis(20));
    runOn(schedule, T0.plusSeconds(60), T0.plusSeconds(90), Duration.ofMillis(20))
        .forEach(due -> places.putIfAbsent(due.slot(), due.scheduled()));
    return places;
  }

  private static int number(Due due) {
    return Integer.parseInt(due.slot().target().value().substring(1));
  }

  private static List<Target> targets(int count, Duration interval) {
    List<Target> targets = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      TcpSpec spec =
          new TcpSpec(new ServerAddress("127.0.0.1", 1), Naming.SYSTEM, Duration.ofSeconds(1));
      targets.add(
          new Target(
              new TargetName("t" + number),
              Optional.empty(),
              new TreeMap<>(),
              interval,
              List.of(),
              List.of(spec)));
    }
    return targets;
  }
}
