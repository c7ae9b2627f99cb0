package parallax.coordinator.core.incident;

import java.time.Duration;

/**
 * How long an incident waits before it is told, and before it is over.
 *
 * @param publish after it was opened
 * @param hold after all seems fine
 * @param reopens whether trouble that returns soon belongs to the same incident
 */
public record Pace(Duration publish, Duration hold, boolean reopens) {
  /** The longest time to wait for siblings, the cause and the final label. */
  private static final Duration MAX_PUBLISH = Duration.ofSeconds(25);

  private static final Duration MIN_PUBLISH = Duration.ofSeconds(5);
  private static final Duration LONG_HOLD = Duration.ofMinutes(2);
  private static final int HOLD_INTERVALS = 12;

  /** Where nobody can be weighed against anybody all was waited for already. */
  public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, false);

  /** For trouble of our own: nobody has to get up, so there is time to see how far it goes. */
  public static final Pace OURS = new Pace(Duration.ofMinutes(1), Duration.ofMinutes(1), true);

  /**
   * For checks at this interval.
   *
   * @param isWeak whether only few probes see it: trouble of two paths at once does not last
   */
  public static Pace of(Duration interval, boolean isWeak) {
    if (isWeak) {
      Pace usual = of(interval, false);
      Duration twice = interval.multipliedBy(3).dividedBy(2);
      return new Pace(longer(usual.publish(), twice), usual.hold(), true);
    }
    Duration publish = interval.multipliedBy(5).dividedBy(12);
    Duration brief = shorter(LONG_HOLD, interval.multipliedBy(HOLD_INTERVALS));
    return new Pace(
        longer(MIN_PUBLISH, shorter(MAX_PUBLISH, publish)),
        longer(interval.multipliedBy(2), brief),
        true);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
