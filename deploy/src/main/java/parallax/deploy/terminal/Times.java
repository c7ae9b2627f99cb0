package parallax.deploy.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations in words. */
public final class Times {
  private Times() {}

  /** With three digits that matter: {@code 0.42 ms}, {@code 17.3 ms}, {@code 1.25 s}. */
  public static String precise(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis < 9.995) {
      return String.format(Locale.ROOT, "%.2f ms", millis);
    }
    if (millis < 999.5) {
      return String.format(Locale.ROOT, millis < 99.95 ? "%.1f ms" : "%.0f ms", millis);
    }
    return String.format(Locale.ROOT, "%.2f s", millis / 1000);
  }

  /**
   * The one unit that matters, rounded down: {@code 23 days}, {@code 1 hour}, {@code 12 seconds}.
   */
  public static String rough(Duration time) {
    if (time.toDays() > 0) {
      return counted(time.toDays(), "day");
    }
    if (time.toHours() > 0) {
      return counted(time.toHours(), "hour");
    }
    return time.toMinutes() > 0
        ? counted(time.toMinutes(), "minute")
        : counted(time.toSeconds(), "second");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
