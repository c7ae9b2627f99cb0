package parallax.coordinator.core.property;

import java.util.Set;

/**
 * Something that is wrong for a while.
 *
 * @param fromSecond when it begins, in seconds of the plot
 * @param probes for whom, by index
 * @param targets where, by index
 * @param share of the looks that it hits, from 0 to 1
 */
record Trouble(
    Kind kind,
    int fromSecond,
    int untilSecond,
    Set<Integer> probes,
    Set<Integer> targets,
    double share) {

  /** What it does to a look. */
  enum Kind {
    /** The connection is not accepted in time. */
    TIMES_OUT,
    /** The connection is refused. */
    REFUSED,
    /** The server answers with an error. */
    ERROR,
    /** The answer comes late. */
    SLOW,
    /** The probe cannot tell. */
    CANNOT_TELL,
    /** Neither looks nor signs of life of the probe arrive. */
    SILENT
  }

  /** The same look is hit in every telling of the same plot. */
  boolean hits(int probe, int target, long milli) {
    return targets.contains(target) && hits(probe, milli) && draw(probe, target, milli) < share;
  }

  boolean hits(int probe, long milli) {
    return milli >= fromSecond * 1000L && milli < untilSecond * 1000L && probes.contains(probe);
  }

  /** Evenly from 0 to 1. */
  private static double draw(int probe, int target, long milli) {
    long bits = (milli * 31 + probe) * 31 + target + 1;
    bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
    return ((bits ^ bits >>> 31) >>> 11) * 0x1p-53;
  }
}
