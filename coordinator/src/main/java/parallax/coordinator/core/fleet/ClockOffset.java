package parallax.coordinator.core.fleet;

import java.time.Duration;

/**
 * How far the coordinator's clock is ahead of a probe's. Where pings measured it, what they found
 * last: they may be wrong either way, by half of a round trip, and a better one replaces a worse.
 * Otherwise the least of {@code received - sent} over the last {@link #KEPT} messages, for the
 * network can only add to it: a clock that jumps forward is noticed with the next message; one that
 * jumps back looks like a slow network until the old messages are forgotten, and what the probe
 * says is history until then. Immutable.
 */
public final class ClockOffset {
  /** How many messages are remembered. */
  public static final int KEPT = 20;

  /** Nothing was heard. */
  public static final ClockOffset UNKNOWN = new ClockOffset(new long[0]);

  /** In milliseconds, newest first. */
  private final long[] samples;

  private ClockOffset(long[] samples) {
    this.samples = samples;
  }

  /** With one more sign of life. */
  ClockOffset with(Beat beat) {
    long[] grown = new long[beat.isMeasured() ? 1 : Math.min(samples.length + 1, KEPT)];
    grown[0] = beat.received().toEpochMilli() - beat.sent().toEpochMilli();
    System.arraycopy(samples, 0, grown, 1, grown.length - 1);
    return new ClockOffset(grown);
  }

  /** To be added to what the probe's clock says; nothing where it was never heard. */
  public Duration offset() {
    long least = Long.MAX_VALUE;
    for (long sample : samples) {
      least = Math.min(least, sample);
    }
    return samples.length == 0 ? Duration.ZERO : Duration.ofMillis(least);
  }
}
