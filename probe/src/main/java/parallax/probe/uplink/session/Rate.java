package parallax.probe.uplink.session;

import java.time.Duration;

/**
 * What was sent of late, so that never more is sent in any second than agreed. Immutable. Time goes
 * in slots; one second lies within the slot that is, and {@link #SLOTS} before it.
 */
final class Rate {
  private static final int SLOTS = 20;
  private static final long SLOT = Duration.ofSeconds(1).dividedBy(SLOTS).toNanos();

  /** Nothing was sent. */
  static final Rate NONE = new Rate(new int[SLOTS + 1], 0);

  private final int[] sent;
  private final long newest;

  private Rate(int[] sent, long newest) {
    this.sent = sent;
    this.newest = newest;
  }

  /** So many more, now. */
  Rate plus(int count, long now) {
    long slot = Math.max(newest, now / SLOT);
    int[] next = sent.clone();
    for (long passed = newest + 1; passed <= Math.min(slot, newest + next.length); passed++) {
      next[(int) (passed % next.length)] = 0;
    }
    next[(int) (slot % next.length)] += count;
    return new Rate(next, slot);
  }

  /** How many there were in the second that ends now, and at most a slot before. */
  int ofLastSecond(long now) {
    long slot = Math.max(newest, now / SLOT);
    int count = 0;
    for (long at = Math.max(0, slot - SLOTS); at <= newest; at++) {
      count += sent[(int) (at % sent.length)];
    }
    return count;
  }
}
