package parallax.coordinator.notify.letter;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Instants and lengths of time as the receiver reads them. */
record Zoned(Texts texts, ZoneId zone) {
  private static final DateTimeFormatter FULL = format("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter LOCAL = format("uuuu-MM-dd HH:mm:ssxxx");
  private static final DateTimeFormatter TIME = format("HH:mm:ss");
  private static final DateTimeFormatter LOCAL_TIME = format("HH:mm:ssxxx");
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /** In the receiver's zone and in UTC: {@code 2026-11-21 20:59:55+09:00 / 11:59:55 UTC}. */
  String of(Instant at) {
    LocalDate here = at.atZone(zone).toLocalDate();
    boolean sameDay = here.equals(at.atOffset(ZoneOffset.UTC).toLocalDate());
    String utc = (isUtc(at) || !sameDay ? FULL : TIME).format(at.atOffset(ZoneOffset.UTC));
    return both("time", at, LOCAL, utc);
  }

  /** The time of day of something recent: {@code 20:59:55+09:00 / 11:59:55 UTC}. */
  String shortly(Instant at) {
    return both("time.short", at, LOCAL_TIME, TIME.format(at.atOffset(ZoneOffset.UTC)));
  }

  private boolean isUtc(Instant at) {
    return zone.getRules().getOffset(at).equals(ZoneOffset.UTC);
  }

  private String both(String key, Instant at, DateTimeFormatter local, String utc) {
    return isUtc(at)
        ? texts.say("time.utc", "utc", utc)
        : texts.say(key, Map.of("local", local.format(at.atZone(zone)), "utc", utc));
  }

  /** In its two largest units: {@code 3d 4h}, {@code 2m 5s}, {@code 0s}. */
  String of(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds >= DAY) {
      return two(seconds / DAY, "unit.d", seconds % DAY / HOUR, "unit.h");
    }
    if (seconds >= HOUR) {
      return two(seconds / HOUR, "unit.h", seconds % HOUR / MINUTE, "unit.m");
    }
    return seconds >= MINUTE
        ? two(seconds / MINUTE, "unit.m", seconds % MINUTE, "unit.s")
        : unit("unit.s", seconds);
  }

  private String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0
        ? unit(largeUnit, large)
        : texts.say(
            "unit.two", Map.of("large", unit(largeUnit, large), "small", unit(smallUnit, small)));
  }

  private String unit(String key, long count) {
    return texts.say(key, "count", String.valueOf(count));
  }
}
