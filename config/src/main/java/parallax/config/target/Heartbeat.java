package parallax.config.target;

import java.time.Duration;

/**
 * A sign of life that a job sends by itself.
 *
 * @param every how often it is due
 * @param grace how late it may be
 */
public record Heartbeat(Duration every, Duration grace) {
  /** For how long after one it is held to be alive. */
  public Duration patience() {
    return every.plus(grace);
  }
}
