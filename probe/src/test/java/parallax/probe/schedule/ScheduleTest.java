package parallax.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** The schedule on a virtual clock. */
final class ScheduleTest {
  private static final Instant START = Instant.parse("2026-10-04T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Schedule schedule = new Schedule(new ProbeName("tokyo-1"));

  private static Target target(String name, Duration interval) {
    CheckSpec spec =
        new TcpSpec(new ServerAddress(name, 80), Naming.SYSTEM, Duration.ofSeconds(10));
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        interval,
        List.of(),
        List.of(spec));
  }

  private static List<Target> targets(int count, Duration interval) {
    return IntStream.range(0, count).mapToObj(i -> target("t" + i, interval)).toList();
  }

  /** What is due at {@code now}; every check ends at once. */
  private List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    schedule.due(now, due::add);
    due.forEach(one -> schedule.finished(one.ticket()));
    return due;
  }

  /** What is due between the instants, asked every {@code step}. */
  private List<Due> run(Instant from, Duration length, Duration step) {
    List<Due> all = new ArrayList<>();
    for (Instant now = from; now.isBefore(from.plus(length)); now = now.plus(step)) {
      all.addAll(due(now));
    }
    return all;
  }

  /** Runs past the first looks. */
  private Instant settled(List<Target> targets) {
    schedule.assign(targets, START);
    Instant settled = START.plus(targets.getFirst().interval());
    run(START, Duration.between(START, settled), Duration.ofMillis(10));
    return settled;
  }

  private static Map<String, List<Instant>> byTarget(List<Due> due) {
    return due.stream()
        .collect(
            Collectors.groupingBy(
                d -> d.target().name().value(),
                LinkedHashMap::new,
                Collectors.mapping(Due::scheduled, Collectors.toList())));
  }

  @Test
  void everyCheckIsDueOnceAnInterval() {
    Instant from = settled(targets(500, INTERVAL));
    List<Due> due = run(from, INTERVAL.multipliedBy(10), Duration.ofMillis(10));
    assertThat(byTarget(due).values())
        .hasSize(500)
        .allSatisfy(
            instants -> {
              assertThat(instants.size()).isBetween(9, 11);
              for (int i = 1; i < instants.size(); i++) {
                assertThat(Duration.between(instants.get(i - 1), instants.get(i)))
                    .isBetween(INTERVAL.minusSeconds(1), INTERVAL.plusSeconds(1));
              }
            });
    assertThat(schedule.skips()).isEqualTo(Skips.NONE);
  }

  @Test
  void checksAreSpreadEvenlyOverTheInterval() {
    Instant from = settled(targets(10_000, INTERVAL));
    int[] perSecond = new int[30];
    for (Due due : run(from, INTERVAL, Duration.ofMillis(10))) {
      int second = (int) Duration.between(from, due.scheduled()).toSeconds();
      perSecond[Math.clamp(second, 0, 29)]++;
    }
    // 333 on average; six standard deviations either way.
    assertThat(Arrays.stream(perSecond).boxed()).allMatch(count -> count > 223 && count < 443);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 30_000, 3_600_000})
  void aMillionRoundsDoNotDrift(long intervalMillis) {
    Duration interval = Duration.ofMillis(intervalMillis);
    Rhythm rhythm = Rhythm.of(new ProbeName("p"), new TargetName("t"), CheckKind.DNS, interval);
    long jitter = Math.min(interval.toNanos() / 20, Duration.ofSeconds(1).toNanos());
    long before = Long.MIN_VALUE;
    for (long round = 0; round < 1_000_000; round++) {
      long due = rhythm.due(round);
      assertThat(due - (rhythm.phase() + round * interval.toNanos()))
          .as("jitter of round %d", round)
          .isBetween(0L, jitter);
      assertThat(due).isGreaterThan(before);
      before = due;
    }
  }

  @Test
  void aMillionRoundsAreAllAskedForInTheirTime() {
    schedule.assign(List.of(target("one", Duration.ofSeconds(1))), START);
    Instant now = START;
    long rounds = 0;
    while (rounds < 1_000_000) {
      now = schedule.nextDue().orElseThrow();
      for (Due due : due(now)) {
        assertThat(due.scheduled()).isEqualTo(now);
        rounds++;
      }
    }
    assertThat(schedule.skips()).isEqualTo(Skips.NONE);
    assertThat(Duration.between(START, now).minusSeconds(1_000_000).abs())
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aPauseOfTenMinutesPilesNothingUp() {
    List<Target> targets = targets(1_000, INTERVAL);
    Instant from = settled(targets);
    Instant after = from.plus(Duration.ofMinutes(10));
    List<Due> atOnce = due(after);
    // Those whose round came within the last second, and nothing of the twenty rounds before.
    assertThat(atOnce).hasSizeLessThan(80);
    assertThat(atOnce).allMatch(due -> !due.scheduled().isBefore(after.minus(Schedule.MAX_LATE)));
    List<Due> next = run(after, INTERVAL, Duration.ofMillis(10));
    assertThat(next.size()).isBetween(900, 1_100);
    assertThat(schedule.skips().late()).isBetween(19_000L, 20_100L);
    assertThat(schedule.skips().running()).isZero();
  }

  @Test
  void everyRoundIsEitherLookedAtOrCounted() {
    Random random = new Random(7);
    Instant from = settled(targets(200, INTERVAL));
    long before = schedule.skips().late() + schedule.skips().running();
    long made = 0;
    List<Long> open = new ArrayList<>();
    Instant now = from;
    while (now.isBefore(from.plus(Duration.ofHours(2)))) {
      List<Due> due = new ArrayList<>();
      schedule.due(now, due::add);
      made += due.size();
      due.forEach(one -> open.add(one.ticket()));
      Predicate<Long> ends = _ -> random.nextInt(4) > 0;
      open.removeIf(
          ticket -> {
            boolean ended = ends.test(ticket);
            if (ended) {
              schedule.finished(ticket);
            }
            return ended;
          });
      now = now.plusMillis(random.nextInt(100) == 0 ? 45_000 : random.nextInt(700));
    }
    long skipped = schedule.skips().late() + schedule.skips().running() - before;
    long rounds = 200L * Duration.between(from, now).toNanos() / INTERVAL.toNanos();
    assertThat(made + skipped).isBetween(rounds - 400, rounds + 400);
    assertThat(skipped).isGreaterThan(1_000);
  }

  @Test
  void aCheckThatStillRunsIsSkippedAndCountedNotQueued() {
    schedule.assign(List.of(target("slow", Duration.ofSeconds(1))), START);
    List<Due> due = new ArrayList<>();
    for (int tick = 0; tick < 1_000; tick++) {
      schedule.due(START.plusMillis(10L * tick), due::add);
    }
    assertThat(due).hasSize(1);
    assertThat(schedule.skips().running()).isBetween(8L, 10L);
    schedule.finished(due.getFirst().ticket());
    assertThat(run(START.plusSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(10)).size())
        .isBetween(4, 6);
  }

  @Test
  void theSameNamesAlwaysGetTheSameRounds() {
    Instant from = settled(targets(100, INTERVAL));
    Map<String, List<Instant>> one = byTarget(run(from, INTERVAL, Duration.ofMillis(10)));
    Schedule restarted = new Schedule(new ProbeName("tokyo-1"));
    restarted.assign(targets(100, INTERVAL), from.minusMillis(1));
    List<Due> again = new ArrayList<>();
    for (Instant now = from; now.isBefore(from.plus(INTERVAL)); now = now.plusMillis(10)) {
      restarted.due(
          now,
          due -> {
            again.add(due);
            restarted.finished(due.ticket());
          });
    }
    Map<String, List<Instant>> two = byTarget(again);
    one.forEach((name, instants) -> assertThat(two.get(name)).containsAll(instants));
  }

  @Test
  void anotherTargetMovesNone() {
    List<Target> some = targets(100, INTERVAL);
    Instant from = settled(some);
    Schedule other = new Schedule(new ProbeName("tokyo-1"));
    List<Target> more = new ArrayList<>(targets(300, INTERVAL));
    more.removeIf(target -> target.name().value().equals("t7"));
    other.assign(some, START);
    other.assign(more, from);
    schedule.assign(some, from);
    Map<String, List<Instant>> one = byTarget(run(from, INTERVAL, Duration.ofMillis(10)));
    List<Due> dues = new ArrayList<>();
    for (Instant now = from; now.isBefore(from.plus(INTERVAL)); now = now.plusMillis(10)) {
      other.due(
          now,
          due -> {
            dues.add(due);
            other.finished(due.ticket());
          });
    }
    Map<String, List<Instant>> two = byTarget(dues);
    one.remove("t7");
    one.forEach((name, instants) -> assertThat(two.get(name)).containsAll(instants));
    assertThat(two).doesNotContainKey("t7").hasSizeGreaterThan(250);
    assertThat(other.size()).isEqualTo(299);
  }

  @Test
  void probesLookAtDifferentInstants() {
    Target target = target("shop", INTERVAL);
    schedule.assign(List.of(target), START);
    Schedule elsewhere = new Schedule(new ProbeName("frankfurt-1"));
    elsewhere.assign(List.of(target), START);
    due(START);
    elsewhere.due(START, due -> elsewhere.finished(due.ticket()));
    assertThat(schedule.nextDue()).isNotEqualTo(elsewhere.nextDue());
  }

  @Test
  void whatIsNewIsLookedAtSoonAndOneAfterTheOther() {
    schedule.assign(targets(1_000, INTERVAL), START);
    assertThat(due(START)).hasSize(1);
    List<Due> second = run(START, Duration.ofSeconds(1), Duration.ofMillis(1));
    assertThat(second.size()).isBetween(220, 300);
    List<Due> rest = run(START.plusSeconds(1), Duration.ofSeconds(4), Duration.ofMillis(10));
    assertThat(byTarget(rest).size() + byTarget(second).size()).isGreaterThan(900);
  }

  @Test
  void anExtraLookDoesNotShiftTheRounds() {
    Target target = target("shop", INTERVAL);
    settled(List.of(target));
    Instant regular = schedule.nextDue().orElseThrow();
    Instant now = regular.minusSeconds(10);
    due(now);
    assertThat(schedule.checkNow(target.name(), CheckKind.TCP, now.plusSeconds(2))).isTrue();
    assertThat(due(now.plusMillis(1_999))).isEmpty();
    assertThat(due(now.plusSeconds(2)))
        .singleElement()
        .satisfies(due -> assertThat(due.scheduled()).isEqualTo(now.plusSeconds(2)));
    assertThat(schedule.nextDue()).contains(regular);
  }

  @Test
  void manyExtraLooksAreOne() {
    Target target = target("shop", INTERVAL);
    settled(List.of(target));
    Instant regular = schedule.nextDue().orElseThrow();
    Instant now = regular.minusSeconds(10);
    for (int i = 0; i < 100; i++) {
      schedule.checkNow(target.name(), CheckKind.TCP, now.plusMillis(500 + i));
    }
    List<Due> looks = run(now, Duration.ofSeconds(9), Duration.ofMillis(10));
    assertThat(looks).hasSize(1);
  }

  @Test
  void extraLooksKeepADistance() {
    Target target = target("shop", INTERVAL);
    settled(List.of(target));
    Instant from = schedule.nextDue().orElseThrow().minusSeconds(20);
    int looks = 0;
    for (int tick = 0; tick < 1_000; tick++) {
      Instant now = from.plusMillis(10L * tick);
      looks += due(now).size();
      schedule.checkNow(target.name(), CheckKind.TCP, now);
    }
    assertThat(looks).isBetween(35, 41);
  }

  @Test
  void anExtraLookAfterTheNextRoundIsThatRound() {
    Target target = target("shop", INTERVAL);
    settled(List.of(target));
    Instant regular = schedule.nextDue().orElseThrow();
    schedule.checkNow(target.name(), CheckKind.TCP, regular.plusSeconds(1));
    assertThat(due(regular)).hasSize(1);
    assertThat(run(regular, Duration.ofSeconds(5), Duration.ofMillis(10))).isEmpty();
  }

  @Test
  void nobodyCanAskForWhatIsNotAssigned() {
    assertThat(schedule.checkNow(new TargetName("x"), CheckKind.DNS, START)).isFalse();
  }

  @Test
  void whatIsTakenAwayIsNotLookedAtAndItsTicketIsVoid() {
    schedule.assign(List.of(target("old", Duration.ofSeconds(1))), START);
    List<Due> due = new ArrayList<>();
    schedule.due(START.plusSeconds(1), due::add);
    schedule.assign(List.of(target("new", Duration.ofSeconds(1))), START.plusSeconds(1));
    List<Due> next = new ArrayList<>();
    schedule.due(START.plusSeconds(2), next::add);
    assertThat(next).extracting(d -> d.target().name().value()).containsExactly("new");
    schedule.finished(due.getFirst().ticket());
    schedule.due(START.plusSeconds(3), next::add);
    assertThat(next).hasSize(1);
    assertThat(schedule.skips().running()).isEqualTo(1);
  }

  @Test
  void aRunningCheckStaysRunningThroughAReload() {
    Target target = target("slow", Duration.ofSeconds(1));
    schedule.assign(List.of(target), START);
    List<Due> due = new ArrayList<>();
    schedule.due(START.plusSeconds(1), due::add);
    schedule.assign(List.of(target), START.plusSeconds(1));
    schedule.due(START.plusSeconds(2), due::add);
    assertThat(due).hasSize(1);
    schedule.finished(due.getFirst().ticket());
    schedule.due(START.plusSeconds(3), due::add);
    assertThat(due).hasSize(2);
  }

  @Test
  void aNewIntervalStartsANewRhythm() {
    Instant from = settled(List.of(target("shop", INTERVAL)));
    schedule.assign(List.of(target("shop", Duration.ofSeconds(1))), from);
    assertThat(run(from, Duration.ofSeconds(10), Duration.ofMillis(10)).size()).isBetween(9, 11);
  }

  @Test
  void aClockSetBackDoesNotSilenceTheProbe() {
    Instant from = settled(targets(100, INTERVAL));
    Instant earlier = from.minus(Duration.ofHours(1));
    List<Due> due = run(earlier, INTERVAL, Duration.ofMillis(10));
    assertThat(due.size()).isBetween(95, 105);
    assertThat(schedule.skips().late()).isZero();
  }

  @Test
  void aClockSetForwardSkipsWhatItJumpedOver() {
    Instant from = settled(targets(100, INTERVAL));
    Instant later = from.plus(Duration.ofHours(1));
    List<Due> due = run(later, INTERVAL, Duration.ofMillis(10));
    assertThat(due.size()).isBetween(95, 110);
    assertThat(schedule.skips().late()).isBetween(11_800L, 12_000L);
  }
}
