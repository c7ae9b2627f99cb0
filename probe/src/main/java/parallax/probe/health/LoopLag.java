package parallax.probe.health;

import java.time.Duration;
import java.util.Arrays;
import parallax.probe.check.NanoSource;

/**
 * How long event loops keep their tasks waiting, measured by a task on each that should run every
 * {@link #BEAT}. Safe for use by many threads.
 */
public final class LoopLag {
  public static final Duration BEAT = Duration.ofMillis(100);

  private final NanoSource clock;
  private final WorstDelays delays;
  private final long[] expected;

  /**
   * @param loops how many event loops beat; each is expected to a {@link #BEAT} from now
   */
  public LoopLag(NanoSource clock, int loops) {
    this.clock = clock;
    this.delays = new WorstDelays(clock);
    this.expected = new long[loops];
    Arrays.fill(expected, clock.nanos() + BEAT.toNanos());
  }

  /** The task of loop number {@code loop} runs. */
  public synchronized void beat(int loop) {
    long now = clock.nanos();
    delays.note(Duration.ofNanos(Math.max(0, now - expected[loop])));
    expected[loop] = now + BEAT.toNanos();
  }

  /** The longest delay since {@code nanos} of the clock, those that are not over yet included. */
  public synchronized Duration since(long nanos) {
    Duration longest = delays.since(nanos);
    for (long next : expected) {
      Duration underWay = Duration.ofNanos(clock.nanos() - next);
      longest = underWay.compareTo(longest) > 0 ? underWay : longest;
    }
    return longest;
  }

  /** The longest delay within the last minute. */
  public Duration ofLastMinute() {
    return delays.ofLastMinute();
  }
}
