package parallax.coordinator.status.model;

import java.time.Duration;
import java.time.LocalDate;

/**
 * One day of a service, in UTC.
 *
 * @param length how much of it has passed
 * @param known of which it is known whether the service was up; the mean of its targets. Less than
 *     {@code length} where nobody looked, and by what was maintenance
 * @param down of that, how long it was down
 */
public record Day(LocalDate date, Duration length, Duration known, Duration down) {
  /** Of what is known, down for more than this share: a bad day. In percent. */
  private static final int BAD_PERCENT = 10;

  /** How a day is shown. */
  public enum Level {
    /** Nothing is known; never shown as good. */
    NONE,
    FINE,
    SOME,
    BAD
  }

  /** How it is shown. */
  public Level level() {
    if (known.isZero()) {
      return Level.NONE;
    }
    if (down.isZero()) {
      return Level.FINE;
    }
    return down.multipliedBy(100).compareTo(known.multipliedBy(BAD_PERCENT)) > 0
        ? Level.BAD
        : Level.SOME;
  }

  /** The share that is known, from 0 to 1. */
  public double knownShare() {
    return length.isZero()
        ? 0
        : Math.clamp((double) known.toMillis() / length.toMillis(), 0.0, 1.0);
  }
}
