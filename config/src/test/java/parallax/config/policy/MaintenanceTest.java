package parallax.config.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
  @ParameterizedTest(name = "{0} for {1} in {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * 2     | PT2H   | Asia/Tokyo          | 2026-06-01T17:00:00Z | 2026-06-01T19:00:00Z
          0 2 * * 2     | PT168H | UTC                 | 2026-06-02T02:00:00Z | 2026-06-09T02:00:00Z
          0 0 31 * *    | PT1M   | UTC                 | 2026-05-31T00:00:00Z | 2026-05-31T00:01:00Z
          0 0 29 2 *    | PT1H   | UTC                 | 2028-02-29T00:00:00Z | 2028-02-29T01:00:00Z
          30 2 8 3 *    | PT1H   | America/New_York    | 2026-03-08T07:00:00Z | 2026-03-08T08:00:00Z
          15 2 4 10 *   | PT20M  | Australia/Lord_Howe | 2026-10-03T15:30:00Z | 2026-10-03T15:50:00Z
          30 1 1 11 *   | PT10M  | America/New_York    | 2026-11-01T05:30:00Z | 2026-11-01T05:40:00Z
          45 1 5 4 *    | PT5M   | Australia/Lord_Howe | 2026-04-04T14:45:00Z | 2026-04-04T14:50:00Z
          0 12 30 12 *  | PT1H   | Pacific/Apia        | 2011-12-30T10:00:00Z | 2011-12-30T11:00:00Z
          """)
  void coversItsWindowHalfOpen(
      String cron, Duration duration, String zone, Instant from, Instant until) {
    Maintenance maintenance = maintenance(cron, duration, zone);
    assertThat(maintenance.covers(from.minusNanos(1))).isEqualTo(duration.toDays() == 7);
    assertThat(maintenance.covers(from)).isTrue();
    assertThat(maintenance.covers(until.minusNanos(1))).isTrue();
    assertThat(maintenance.covers(until)).isEqualTo(duration.toDays() == 7);
  }

  @Test
  void aTimeThatComesTwiceStartsOneWindow() {
    Maintenance hourly = maintenance("30 * * * *", Duration.ofMinutes(10), "America/New_York");
    assertThat(hourly.covers(Instant.parse("2026-11-01T05:30:00Z"))).isTrue();
    assertThat(hourly.covers(Instant.parse("2026-11-01T06:30:00Z"))).isFalse();
    assertThat(hourly.covers(Instant.parse("2026-11-01T07:30:00Z"))).isTrue();
  }

  @Test
  void aWindowGoesOnWhileAnotherOneStarts() {
    Maintenance overlapping = maintenance("0 * * * *", Duration.ofMinutes(90), "UTC");
    assertThat(overlapping.covers(Instant.parse("2026-06-01T12:45:00Z"))).isTrue();
  }

  @Test
  void aDateThatNeverComesCoversNothing() {
    Maintenance never = maintenance("0 0 31 2 *", Maintenance.MAX_DURATION, "UTC");
    assertThat(never.covers(Instant.parse("2026-03-03T00:00:00Z"))).isFalse();
  }

  @Test
  void meansTargetsThatCarryAllItsLabels() {
    Maintenance maintenance =
        new Maintenance(
            "patch-day",
            new TreeMap<>(Map.of("team", "web")),
            cron("0 2 * * 2"),
            Duration.ofHours(2),
            ZoneId.of("UTC"));
    assertThat(maintenance.matches(new TreeMap<>(Map.of("team", "web", "tier", "1")))).isTrue();
    assertThat(maintenance.matches(new TreeMap<>(Map.of("team", "db")))).isFalse();
    assertThat(maintenance.matches(new TreeMap<>())).isFalse();
    assertThat(maintenance("0 2 * * 2", Duration.ofHours(2), "UTC").matches(new TreeMap<>()))
        .isTrue();
  }

  @Test
  void refusesAWindowThatIsLongerThanItLooksBack() {
    assertThatThrownBy(
            () -> maintenance("0 2 * * 2", Maintenance.MAX_DURATION.plusMillis(1), "UTC"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Every minute of a year with two changes of the clock, and the last instant of each minute. */
  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({
    "Asia/Tokyo, 1",
    "Asia/Tokyo, 3",
    "America/New_York, 1",
    "America/New_York, 3",
    "Australia/Lord_Howe, 1",
    "Australia/Lord_Howe, 3"
  })
  void agreesWithAWalkThroughTheYear(ZoneId zone, long seed) {
    Written written = Written.random(new Random(seed));
    Maintenance maintenance = maintenance(written.text(), written.duration(), zone.getId());
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant minute = start.minus(Maintenance.MAX_DURATION).minus(Maintenance.MAX_DURATION);
    LocalDateTime furthest = LocalDateTime.ofInstant(minute, zone);
    Instant until = Instant.MIN;
    List<Instant> wrong = new ArrayList<>();
    while (minute.isBefore(start.plus(Duration.ofDays(366)))) {
      minute = minute.plusSeconds(60);
      LocalDateTime local = LocalDateTime.ofInstant(minute, zone);
      for (; furthest.isBefore(local); furthest = furthest.plusMinutes(1)) {
        until = written.names(furthest.plusMinutes(1)) ? minute.plus(written.duration()) : until;
      }
      boolean covered = minute.isBefore(until);
      if (!minute.isBefore(start)
          && (maintenance.covers(minute) != covered
              || maintenance.covers(minute.plusSeconds(60).minusNanos(1)) != covered)) {
        wrong.add(minute);
      }
    }
    assertThat(wrong).as(written.text() + " for " + written.duration()).isEmpty();
  }

  /** A cron by the sets that it is written from; near the hours at which clocks change. */
  private record Written(List<SortedSet<Integer>> sets, List<String> fields, Duration duration) {
    static Written random(Random random) {
      List<SortedSet<Integer>> sets =
          List.of(
              some(random, 0, 59, 6),
              some(random, 0, 3, 3),
              some(random, 1, 31, 20),
              some(random, 1, 12, 12),
              some(random, 0, 6, 5));
      List<String> fields = new ArrayList<>();
      for (SortedSet<Integer> set : sets) {
        fields.add(set.stream().map(String::valueOf).collect(Collectors.joining(",")));
      }
      if (random.nextBoolean()) {
        fields.set(2 + 2 * random.nextInt(2), "*");
      }
      return new Written(sets, fields, Duration.ofMinutes(1 + random.nextInt(90)));
    }

    private static SortedSet<Integer> some(Random random, int min, int max, int count) {
      List<Integer> all = new ArrayList<>();
      for (int number = min; number <= max; number++) {
        all.add(number);
      }
      Collections.shuffle(all, random);
      return new TreeSet<>(all.subList(0, count));
    }

    String text() {
      return String.join(" ", fields);
    }

    boolean names(LocalDateTime local) {
      boolean day = sets.get(2).contains(local.getDayOfMonth());
      boolean weekday = sets.get(4).contains(local.getDayOfWeek().getValue() % 7);
      boolean anyDay = fields.get(2).equals("*");
      boolean anyWeekday = fields.get(4).equals("*");
      boolean named = anyDay ? weekday : anyWeekday ? day : day || weekday;
      return named
          && sets.get(0).contains(local.getMinute())
          && sets.get(1).contains(local.getHour())
          && sets.get(3).contains(local.getMonthValue());
    }
  }

  private static Maintenance maintenance(String cron, Duration duration, String zone) {
    return new Maintenance("window", new TreeMap<>(), cron(cron), duration, ZoneId.of(zone));
  }

  private static Cron cron(String text) {
    return ((CronText.Valid) CronText.parse(text)).cron();
  }
}
