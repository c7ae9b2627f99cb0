package parallax.probe.health;

import java.time.Duration;

/**
 * How late the probe itself was while a check ran.
 *
 * @param start from the instant the schedule asked for to the start of the check
 * @param loop the longest that an event loop kept its tasks waiting
 */
public record Lag(Duration start, Duration loop) {
  public static final Lag NONE = new Lag(Duration.ZERO, Duration.ZERO);
}
