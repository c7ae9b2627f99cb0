package parallax.coordinator.uplink.session;

import java.time.Duration;

/**
 * How many observations a probe may send now: a token bucket that may be overdrawn by one frame.
 *
 * @param tokens as of {@code nanos}; negative: overdrawn
 * @param perSecond what comes back in a second
 */
record Allowance(double tokens, int perSecond, long nanos) {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  /** A full one. */
  static Allowance full(int perSecond, long nanos) {
    return new Allowance((double) perSecond * Rules.BURST_SECONDS, perSecond, nanos);
  }

  Allowance at(long now) {
    double back = Math.max(0, now - nanos) / NANOS * perSecond;
    double most = (double) perSecond * Rules.BURST_SECONDS;
    return new Allowance(Math.min(most, tokens + back), perSecond, now);
  }

  Allowance spent(int observations) {
    return new Allowance(tokens - observations, perSecond, nanos);
  }

  Allowance of(int newPerSecond) {
    return new Allowance(tokens, newPerSecond, nanos);
  }

  boolean isOverdrawn() {
    return tokens < 0;
  }
}
