package parallax.coordinator.replay.world;

/**
 * Draws that depend on a seed and a key only. A key is hashed by FNV-1a (64 bits) over its UTF-8
 * bytes, part after part, and mixed with the seed by one step of SplitMix64.
 */
final class Draws {
  /** The hash of the empty key. */
  static final long EMPTY = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;

  Draws(long seed) {
    this.seed = seed;
  }

  /** A number from 0 (included) to 1 (excluded) for the key with this hash. */
  double draw(long keyHash) {
    return (mix(seed ^ keyHash) >>> 11) * UNIT;
  }

  /** One step of SplitMix64. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The hash of a key that goes on with {@code text}. */
  static long text(long hash, String text) {
    long result = hash;
    for (int index = 0; index < text.length(); index++) {
      result = one(result, text.charAt(index));
    }
    return result;
  }

  /** The hash of a key that goes on with a bar. */
  static long bar(long hash) {
    return one(hash, '|');
  }

  /** The hash of a key that goes on with a bar and {@code text}. */
  static long barText(long hash, String text) {
    return text(bar(hash), text);
  }

  /** The hash of a key that goes on with a bar and a number that is not negative, in decimal. */
  static long barNumber(long hash, long number) {
    return number(bar(hash), number);
  }

  /** The hash of a key that goes on with a number that is not negative, in decimal. */
  static long number(long hash, long number) {
    long power = 1;
    while (number / power >= 10) {
      power *= 10;
    }
    long result = hash;
    for (long left = power; left > 0; left /= 10) {
      result = one(result, (char) ('0' + number / left % 10));
    }
    return result;
  }

  /** Names of probes and targets are ASCII, so a character is a byte. */
  private static long one(long hash, char character) {
    return (hash ^ character) * PRIME;
  }
}
