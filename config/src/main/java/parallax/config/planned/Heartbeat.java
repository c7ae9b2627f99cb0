package parallax.config.planned;

import java.time.Duration;

/**
 * A sign of life that a job sends by itself.
 *
 * @param every how often it is due
 * @param grace how late it may be
 */
public record Heartbeat(Duration every, Duration grace) {}
