package parallax.coordinator.cluster.replica;

import java.util.stream.IntStream;

/**
 * Which shard an observation belongs to: that of its probe.
 *
 * <p>A probe's numbers run without gaps in its shard, so a few ranges say which were taken in; what
 * it hands over at once is one operation; and what one probe floods the journal with keeps no other
 * probe's observations out of theirs, unless they share a shard. By target none of this would hold.
 */
public final class Shards {
  /** The number of shards; all members of a cluster must agree on it. */
  public static final int COUNT = 64;

  private static final int SPREAD = 0x9e3779b9;

  private Shards() {}

  /** From 0 to {@link #COUNT} - 1, the same on every machine. */
  public static int of(String probe) {
    int hash = probe.hashCode() * SPREAD;
    return Math.floorMod(hash ^ hash >>> 16, COUNT);
  }

  static IntStream all() {
    return IntStream.range(0, COUNT);
  }
}
