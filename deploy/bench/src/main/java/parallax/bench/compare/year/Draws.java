package parallax.bench.compare.year;

/** Draws that depend on nothing but their key: whoever asks, in whatever order, gets the same. */
public final class Draws {
  private Draws() {}

  /** The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), one step on. */
  public static long mix(long key) {
    long mixed = key + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A key of its own for the {@code part}th part of what {@code key} stands for. */
  public static long key(long key, long part) {
    return mix(key ^ mix(part));
  }

  /** From 0 to 1, without 1, for the {@code part}th draw of what {@code key} stands for. */
  public static double uniform(long key, long part) {
    return (mix(key ^ part) >>> 11) * 0x1p-53;
  }
}
