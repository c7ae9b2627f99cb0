package parallax.coordinator.core.unit;

import java.util.Arrays;

/**
 * How many looks failed of each probe while a unit is failing; older ones count less and less.
 * Successes since the last failure are kept apart, for they may be the end of it. Immutable.
 */
final class Tally {
  static final Tally NONE = new Tally(new int[0], new int[0], new int[0]);

  /** With so many looks a probe, older ones are halved. */
  private static final int MEMORY = 8;

  // By slot.
  private final int[] failed;
  private final int[] looked;
  private final int[] since;

  private Tally(int[] failed, int[] looked, int[] since) {
    this.failed = failed;
    this.looked = looked;
    this.since = since;
  }

  Tally plus(int slot, boolean isFailed) {
    int length = Math.max(failed.length, slot + 1);
    int[] moreFailed = Arrays.copyOf(failed, length);
    int[] moreLooked = Arrays.copyOf(looked, length);
    int[] fine = Arrays.copyOf(since, length);
    if (!isFailed) {
      fine[slot]++;
      return new Tally(moreFailed, moreLooked, fine);
    }
    moreFailed[slot]++;
    moreLooked[slot]++;
    for (int at = 0; at < length; at++) {
      moreLooked[at] += fine[at];
      while (moreLooked[at] > MEMORY) {
        moreLooked[at] /= 2;
        moreFailed[at] /= 2;
      }
    }
    return new Tally(moreFailed, moreLooked, new int[length]);
  }

  /** The share of all looks that failed while it lasted. */
  double share() {
    int all = Arrays.stream(looked).sum();
    return all == 0 ? 1 : (double) Arrays.stream(failed).sum() / all;
  }

  /** How likely the next look of a probe is to fail while the outage lasts. */
  double share(int slot) {
    double overall = share();
    int bad = slot < failed.length ? failed[slot] : 0;
    int all = slot < looked.length ? looked[slot] : 0;
    return (bad + overall) / (all + 1);
  }
}
