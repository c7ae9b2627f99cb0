package parallax.coordinator.core.evidence;

import java.time.Duration;
import java.time.Instant;
import parallax.config.check.CheckSpec;
import parallax.config.target.Target;

/**
 * How long evidence counts.
 *
 * @param window from its arrival at the coordinator, by whose clock freshness is judged: {@code
 *     max(10 s, 2.5 intervals + the timeout)}, so that one look may get lost and the next may run
 *     into its timeout before a target becomes UNKNOWN
 * @param lateness how long after its end a look may arrive and still count: {@code max(90 s, 1.5
 *     intervals)}. What arrives later is history only
 */
public record Freshness(Duration window, Duration lateness) {
  /** The shortest window. */
  public static final Duration MIN_WINDOW = Duration.ofSeconds(10);

  /** The shortest lateness. */
  public static final Duration MIN_LATENESS = Duration.ofSeconds(90);

  /**
   * How far a probe's clock may be ahead: what ends later than this after arrival is not counted.
   */
  public static final Duration MAX_AHEAD = Duration.ofSeconds(5);

  /** For one check of a target. */
  public static Freshness of(Target target, CheckSpec check) {
    Duration interval = target.interval();
    return new Freshness(
        longer(MIN_WINDOW, interval.multipliedBy(5).dividedBy(2).plus(check.timeout())),
        longer(MIN_LATENESS, interval.multipliedBy(3).dividedBy(2)));
  }

  /** When evidence that arrived at {@code received} stops counting. */
  Instant until(Instant received) {
    return received.plus(window);
  }

  /** Whether evidence that arrived at {@code received} counts at {@code now}. */
  boolean isFresh(Instant received, Instant now) {
    return now.isBefore(until(received)) && !received.isAfter(now.plus(MAX_AHEAD));
  }

  /** Whether evidence is neither too late nor from the future. */
  boolean isTimely(Evidence evidence) {
    Instant ended = evidence.observation().ended();
    return !ended.isAfter(evidence.received().plus(MAX_AHEAD))
        && !ended.isBefore(evidence.received().minus(lateness));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
