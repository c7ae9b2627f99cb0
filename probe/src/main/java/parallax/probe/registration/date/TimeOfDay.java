package parallax.probe.registration.date;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parallax.probe.registration.date.RegistryDate.Day;
import parallax.probe.registration.date.RegistryDate.Moment;
import parallax.probe.registration.date.RegistryDate.WallTime;

/**
 * The clock's part of a date.
 *
 * @param seconds of the day, up to and with 86,400; empty when no time is told
 * @param nanos of the second
 * @param zone or offset that is told
 * @param rest the text without it
 */
record TimeOfDay(Optional<Integer> seconds, int nanos, Optional<ZoneId> zone, String rest) {
  static final int SECONDS_OF_DAY = 86_400;

  private static final int IMPOSSIBLE = -1;
  private static final int NANO_DIGITS = 9;
  private static final int NOON = 12;
  private static final int HOUR_SECONDS = 3_600;
  private static final int MINUTE_SECONDS = 60;
  private static final int MAX_OFFSET_HOURS = 18;

  private static final Pattern CLOCK =
      Pattern.compile(
          "(?:(?<=\\d)[t:]|(?<![\\d:]))\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,:](\\d{1,12}))?)?"
              + "\\s*([ap]\\.?m\\b\\.?)?(?!:?\\d)");
  private static final Pattern COMPACT =
      Pattern.compile("(?<!\\d)(\\d{8})t?(\\d{2})(\\d{2})(\\d{2})(?:\\.\\d{1,9})?(?!\\d)");
  private static final Pattern OFFSET =
      Pattern.compile("^\\s*:?([+-])(\\d{2}):?(\\d{2})?(?::?\\d{2})?(?!\\d)");
  private static final Pattern NAMED_OFFSET =
      Pattern.compile("(?:utc|gmt) ?([+-]) ?(\\d{1,2}):?(\\d{2})?(?!\\d)");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  boolean impossible() {
    return seconds.filter(value -> value == IMPOSSIBLE).isPresent();
  }

  static TimeOfDay find(String text) {
    Matcher compact = COMPACT.matcher(text);
    if (compact.find()) {
      String after = text.substring(compact.end());
      int seconds = seconds(compact.group(2), compact.group(3), compact.group(4));
      String rest = text.substring(0, compact.start()) + compact.group(1);
      return placed(new TimeOfDay(Optional.of(seconds), 0, Optional.empty(), rest), after);
    }
    Matcher clock = CLOCK.matcher(withoutOffset(text));
    if (!clock.find()) {
      return new TimeOfDay(Optional.empty(), 0, Optional.empty(), dayOnly(text));
    }
    String second = clock.group(3) == null ? "0" : clock.group(3);
    int seconds = onTwelveHours(seconds(clock.group(1), clock.group(2), second), clock.group(5));
    int nanos = clock.group(4) == null ? 0 : nanos(clock.group(4));
    String rest = text.substring(0, clock.start());
    return placed(
        new TimeOfDay(Optional.of(seconds), nanos, Optional.empty(), rest),
        text.substring(clock.end()));
  }

  /** Without a clock there may still be a zone, which then is no part of the day. */
  private static String dayOnly(String text) {
    return NAMED_OFFSET.matcher(text).replaceAll(" ").replaceFirst("(?<=\\d)[tz]$", "");
  }

  /** So that the hours of {@code UTC+08:00} before a time are not taken for the time. */
  private static String withoutOffset(String text) {
    Matcher named = NAMED_OFFSET.matcher(text);
    return named.replaceAll(found -> " ".repeat(found.end() - found.start()));
  }

  private static TimeOfDay placed(TimeOfDay time, String after) {
    Matcher offset = OFFSET.matcher(after);
    if (offset.find()) {
      Optional<ZoneOffset> zone = offset(offset.group(1), offset.group(2), offset.group(3));
      return time.with(zone.map(ZoneId.class::cast), after.substring(offset.end()));
    }
    Matcher named = NAMED_OFFSET.matcher(after);
    if (named.find()) {
      Optional<ZoneOffset> zone = offset(named.group(1), named.group(2), named.group(3));
      return time.with(
          zone.map(ZoneId.class::cast),
          after.substring(0, named.start()) + after.substring(named.end()));
    }
    Matcher word = WORD.matcher(after);
    while (word.find()) {
      Optional<ZoneId> zone = DateWords.SHIPPED.zone(word.group());
      if (zone.isPresent()) {
        return time.with(zone, after.substring(0, word.start()) + after.substring(word.end()));
      }
    }
    return time.with(Optional.empty(), after);
  }

  private TimeOfDay with(Optional<ZoneId> told, String after) {
    return new TimeOfDay(seconds, nanos, told, rest + " " + after);
  }

  /** The date that this time of {@code date} is, on the registry's clock unless told otherwise. */
  RegistryDate on(LocalDate date, ZoneId registryZone) {
    if (seconds.isEmpty()) {
      return new Day(date, registryZone);
    }
    boolean midnight = seconds.get() == SECONDS_OF_DAY;
    LocalTime clock = midnight ? LocalTime.MIDNIGHT : LocalTime.ofSecondOfDay(seconds.get());
    LocalDateTime local = date.plusDays(midnight ? 1 : 0).atTime(clock.withNano(nanos));
    return zone.filter(ZoneOffset.UTC::equals).isPresent()
        ? new Moment(local.toInstant(ZoneOffset.UTC))
        : new WallTime(local, zone.orElse(registryZone));
  }

  private static int seconds(String hours, String minutes, String seconds) {
    int hour = Integer.parseInt(hours);
    int minute = Integer.parseInt(minutes);
    // A leap second counts as the one before it.
    int second = Math.min(Integer.parseInt(seconds), MINUTE_SECONDS - 1);
    int all = hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second;
    return all > SECONDS_OF_DAY || minute >= MINUTE_SECONDS ? IMPOSSIBLE : all;
  }

  private static int onTwelveHours(int seconds, @Nullable String half) {
    if (half == null || seconds == IMPOSSIBLE) {
      return seconds;
    }
    int hour = seconds / HOUR_SECONDS;
    if (hour > NOON) {
      return seconds;
    }
    int base = seconds - hour * HOUR_SECONDS + (hour % NOON) * HOUR_SECONDS;
    return half.startsWith("p") ? base + NOON * HOUR_SECONDS : base;
  }

  private static int nanos(String fraction) {
    String padded = (fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS);
    return Integer.parseInt(padded);
  }

  private static Optional<ZoneOffset> offset(String sign, String hours, @Nullable String minutes) {
    int hour = Integer.parseInt(hours);
    int minute = minutes == null ? 0 : Integer.parseInt(minutes);
    if (hour >= MAX_OFFSET_HOURS || minute >= MINUTE_SECONDS) {
      return Optional.empty();
    }
    int seconds = hour * HOUR_SECONDS + minute * MINUTE_SECONDS;
    return Optional.of(ZoneOffset.ofTotalSeconds(sign.equals("-") ? -seconds : seconds));
  }
}
