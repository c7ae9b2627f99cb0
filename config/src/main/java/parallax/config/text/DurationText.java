package parallax.config.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus writes them: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 21d};
 * units from years to milliseconds, each at most once and in this order. A day has 24 hours, a week
 * 7 days, a year 365 days.
 */
public final class DurationText {
  /** Regular expression (Java and ECMAScript) of everything {@link #parse} accepts. */
  public static final String PATTERN =
      "^(?=[0-9])([0-9]{1,9}y)?([0-9]{1,9}w)?([0-9]{1,9}d)?([0-9]{1,9}h)?([0-9]{1,9}m)?"
          + "([0-9]{1,9}s)?([0-9]{1,9}ms)?$";

  private static final Pattern COMPILED = Pattern.compile(PATTERN);
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    365L * 24 * 3_600_000, 7L * 24 * 3_600_000, 24L * 3_600_000, 3_600_000, 60_000, 1_000, 1
  };

  private DurationText() {}

  /** The duration written as {@code text}; empty when it is not one. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = COMPILED.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (int unit = 0; unit < UNITS.length; unit++) {
      String part = matcher.group(unit + 1);
      if (part != null) {
        long count = Long.parseLong(part.substring(0, part.length() - UNITS[unit].length()));
        // Nine digits of years are about 3.2e19 ms, more than a long holds.
        if (count > (Long.MAX_VALUE - millis) / MILLIS[unit]) {
          return Optional.empty();
        }
        millis += count * MILLIS[unit];
      }
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  /**
   * The shortest text that {@link #parse} reads back as {@code duration}, cut to whole
   * milliseconds. Years, weeks and days stand only where nothing smaller remains, as in Prometheus:
   * {@code 1d}, but {@code 25h}.
   */
  public static String format(Duration duration) {
    long rest = duration.toMillis();
    if (rest <= 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (int unit = 0; unit < UNITS.length; unit++) {
      boolean exactOnly = MILLIS[unit] >= 24L * 3_600_000;
      boolean fits = exactOnly ? rest % MILLIS[unit] == 0 : rest >= MILLIS[unit];
      if (rest > 0 && fits) {
        text.append(rest / MILLIS[unit]).append(UNITS[unit]);
        rest %= MILLIS[unit];
      }
    }
    return text.toString();
  }
}
