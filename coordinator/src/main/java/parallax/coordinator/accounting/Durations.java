package parallax.coordinator.accounting;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Any number of durations in bounded memory: they are counted in classes, each {@code (1 + e) / (1
 * - e)} times as long as the one before, and told as what lies in the middle of their class, so
 * that none is off by more than the share {@code e} (DDSketch, Masson, Rim, Lee, VLDB 2019).
 */
final class Durations {
  /** The share by which a duration that is told may be off. */
  static final double ERROR = 0.01;

  /** Whatever took no longer is told as this. */
  static final Duration SHORTEST = Duration.ofNanos(1_000);

  /** Whatever took longer is told as this. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final double FACTOR = (1 + ERROR) / (1 - ERROR);
  private static final double LOG_FACTOR = Math.log(FACTOR);

  /** How many by their class; there are some 1,100 of these. */
  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  private long all;

  void add(Duration took) {
    Duration bounded = took.compareTo(LONGEST) > 0 ? LONGEST : took;
    double units = Math.max(1, (double) bounded.toNanos() / SHORTEST.toNanos());
    counts.merge((int) Math.ceil(Math.log(units) / LOG_FACTOR), 1L, Long::sum);
    all++;
  }

  long all() {
    return all;
  }

  /**
   * The least duration that a share of all did not exceed (the nearest rank).
   *
   * @param hundredths of all, from 1 to 100
   * @throws IllegalStateException when there are none
   */
  Duration percentile(int hundredths) {
    long rank = Math.max(1, Math.ceilDiv(all * hundredths, 100));
    long passed = 0;
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      passed += each.getValue();
      if (passed >= rank) {
        double units = 2 * Math.pow(FACTOR, each.getKey()) / (FACTOR + 1);
        return Duration.ofNanos(Math.round(units * SHORTEST.toNanos()));
      }
    }
    throw new IllegalStateException("of nothing there is no percentile");
  }
}
