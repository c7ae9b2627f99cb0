package parallax.coordinator.core.incident;

import java.time.Duration;

/**
 * How long an incident waits before it is told, and before it is over.
 *
 * @param publish after it was opened
 * @param publishAlone the same while there is only one target in it
 * @param hold after all seems fine
 * @param reopens whether trouble that returns soon belongs to the same incident
 */
public record Pace(Duration publish, Duration publishAlone, Duration hold, boolean reopens) {
  /** The longest time to wait for siblings, the cause and the final label. */
  private static final Duration MAX_PUBLISH = Duration.ofSeconds(25);

  private static final Duration MIN_PUBLISH = Duration.ofSeconds(5);
  private static final Duration LONG_HOLD = Duration.ofMinutes(2);
  private static final int HOLD_INTERVALS = 12;

  /** Longer than anything lasts. */
  private static final Duration NEVER = Duration.ofDays(3650);

  /** Where nobody can be weighed against anybody all was waited for already. */
  public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, false);

  /** For trouble of our own: nobody has to get up, so there is time to see how far it goes. */
  public static final Pace OURS = alike(Duration.ofMinutes(1), Duration.ofMinutes(1));

  /** For checks at this interval, where only few probes see it and it lasts. */
  public static Pace ofFew(Duration interval) {
    Pace usual = of(interval);
    Duration lasting = interval.multipliedBy(2);
    return new Pace(usual.publish, longer(usual.publish, lasting), usual.hold, true);
  }

  /** The same while it does not last: trouble of two paths at once can be chance. */
  public static Pace ofChance(Duration interval) {
    Pace usual = of(interval);
    return new Pace(usual.publish, NEVER, usual.hold, true);
  }

  /** For checks at this interval. */
  public static Pace of(Duration interval) {
    Duration publish = interval.multipliedBy(5).dividedBy(12);
    Duration brief = shorter(LONG_HOLD, interval.multipliedBy(HOLD_INTERVALS));
    return alike(
        longer(MIN_PUBLISH, shorter(MAX_PUBLISH, publish)),
        longer(interval.multipliedBy(2), brief));
  }

  private static Pace alike(Duration publish, Duration hold) {
    return new Pace(publish, publish, hold, true);
  }

  /** The slower of both in every way. */
  Pace or(Pace other) {
    return new Pace(
        longer(publish, other.publish),
        longer(publishAlone, other.publishAlone),
        longer(hold, other.hold),
        reopens || other.reopens);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
