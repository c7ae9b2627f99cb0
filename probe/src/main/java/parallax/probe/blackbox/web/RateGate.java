package parallax.probe.blackbox.web;

import parallax.probe.check.NanoSource;

/**
 * Lets requests through at a rate, and some at once: a bucket of tokens that fills again as time
 * passes. Safe for use by many threads.
 */
final class RateGate {
  private final WebConfig.Rate rate;
  private final NanoSource clock;
  private double tokens;
  private long at;

  RateGate(WebConfig.Rate rate, NanoSource clock) {
    this.rate = rate;
    this.clock = clock;
    this.tokens = rate.burst();
    this.at = clock.nanos();
  }

  WebConfig.Rate rate() {
    return rate;
  }

  /** Whether one more is let through. */
  synchronized boolean lets() {
    long now = clock.nanos();
    double more = (double) (now - at) / rate.interval().toNanos();
    tokens = Math.min(rate.burst(), tokens + more);
    at = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
