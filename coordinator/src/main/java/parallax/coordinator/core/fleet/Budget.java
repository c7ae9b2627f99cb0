package parallax.coordinator.core.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * How many looks beyond its schedule a probe may still be asked for: a token bucket, so that an
 * outage of everything costs no more than a quiet day.
 *
 * @param tokens as of {@code at}
 */
public record Budget(double tokens, Instant at) {
  /** The most that can be saved up. */
  public static final double CAPACITY = 60;

  /** What comes back in a second, for each unit that the probe looks at and in any case. */
  private static final double SHARE_OF_SCHEDULE = 0.1 / 60;

  private static final double LEAST_PER_SECOND = 0.5;

  /** A full bucket. */
  public static final Budget FULL = new Budget(CAPACITY, Instant.EPOCH);

  /** The bucket as it is now. */
  Budget at(Instant now, int units) {
    double perSecond = Math.max(LEAST_PER_SECOND, units * SHARE_OF_SCHEDULE);
    double passed = Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
    return new Budget(Math.min(CAPACITY, tokens + passed * perSecond), now);
  }

  boolean isEmpty() {
    return tokens < 1;
  }

  Budget spent() {
    return new Budget(tokens - 1, at);
  }
}
