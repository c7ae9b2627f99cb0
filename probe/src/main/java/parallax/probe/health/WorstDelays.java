package parallax.probe.health;

import java.time.Duration;
import java.util.Arrays;
import parallax.probe.check.NanoSource;

/**
 * The worst delay of each of the last {@value #SECONDS} seconds. Constant memory; safe for use by
 * many threads.
 */
public final class WorstDelays {
  private static final int SECONDS = 64;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final NanoSource clock;
  private final long origin;
  private final long[] worst = new long[SECONDS];
  private final long[] secondOf = new long[SECONDS];

  public WorstDelays(NanoSource clock) {
    this.clock = clock;
    this.origin = clock.nanos();
    Arrays.fill(secondOf, -1);
  }

  /** A delay that ended now. */
  public synchronized void note(Duration delay) {
    long second = (clock.nanos() - origin) / SECOND;
    int at = (int) (second % SECONDS);
    if (secondOf[at] != second) {
      secondOf[at] = second;
      worst[at] = 0;
    }
    worst[at] = Math.max(worst[at], delay.toNanos());
  }

  /** The longest delay that ended since {@code nanos} of the clock, to a second. */
  public synchronized Duration since(long nanos) {
    long last = (clock.nanos() - origin) / SECOND;
    long longest = 0;
    for (long second = Math.max(0, nanos - origin) / SECOND; second <= last; second++) {
      int at = (int) (second % SECONDS);
      if (secondOf[at] == second) {
        longest = Math.max(longest, worst[at]);
      }
    }
    return Duration.ofNanos(longest);
  }

  /** The longest delay within the last minute. */
  public Duration ofLastMinute() {
    return since(clock.nanos() - MINUTE);
  }
}
