package parallax.probe.bgp.table;

/** Bits of 128, in two words, the first bit the highest one of the first word. */
final class Cidr128 {
  static final int BITS = 128;

  private Cidr128() {}

  /** The bit number {@code index}, 0 to 127. */
  static int bit(long high, long low, int index) {
    return index < Long.SIZE
        ? (int) (high >>> (Long.SIZE - 1 - index)) & 1
        : (int) (low >>> (BITS - 1 - index)) & 1;
  }

  /** Whether the first {@code count} bits of a difference are all 0. */
  static boolean same(long high, long low, int count) {
    return (high & highMask(count)) == 0 && (low & lowMask(count)) == 0;
  }

  static long highMask(int count) {
    return count == 0 ? 0 : -1L << (Long.SIZE - Math.min(count, Long.SIZE));
  }

  static long lowMask(int count) {
    return count <= Long.SIZE ? 0 : -1L << (BITS - count);
  }
}
