package parallax.probe.health;

import java.time.Duration;

/**
 * How late this machine runs: the delays with which a regular beat came, the newest {@link #BEATS}
 * of them. One thread beats, any thread reads.
 */
public final class Lag {
  /** How often the beat should come. */
  public static final Duration BEAT = Duration.ofMillis(100);

  /** How many beats are remembered: more than the longest check lasts would be kept in vain. */
  static final int BEATS = 1024;

  private final long[] atNanos = new long[BEATS];
  private final long[] lateNanos = new long[BEATS];
  private int count;

  /** A beat came. */
  public synchronized void beat(long nowNanos) {
    long late = count == 0 ? 0 : nowNanos - at(count - 1) - BEAT.toNanos();
    atNanos[count % BEATS] = nowNanos;
    lateNanos[count % BEATS] = Math.max(0, late);
    count++;
  }

  /** The worst delay since {@code sinceNanos}, a beat that is overdue included. */
  public synchronized Duration worstSince(long sinceNanos, long nowNanos) {
    if (count == 0) {
      return Duration.ZERO;
    }
    long worst = Math.max(0, nowNanos - at(count - 1) - BEAT.toNanos());
    for (int beat = count - 1; beat >= Math.max(0, count - BEATS); beat--) {
      if (at(beat) - sinceNanos < 0) {
        break;
      }
      worst = Math.max(worst, lateNanos[beat % BEATS]);
    }
    return Duration.ofNanos(worst);
  }

  private long at(int beat) {
    return atNanos[beat % BEATS];
  }
}
