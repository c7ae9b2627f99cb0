package parallax.probe.schedule;

import java.nio.charset.StandardCharsets;
import parallax.config.observation.ProbeName;

/**
 * Where in its interval a check stands. Depends on names only, so that the same check has the same
 * place after a restart, and a new target moves no other.
 */
final class Spread {
  /** The longest jitter, as a fraction of the interval. */
  static final int JITTER_DIVISOR = 20;

  /** The longest jitter, in nanoseconds. */
  static final long MAX_JITTER_NANOS = 500_000_000L;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Spread() {}

  /** A number that belongs to this check of this probe. */
  static long seed(ProbeName probe, Slot slot) {
    String key = probe + "|" + slot.target() + "|" + slot.check();
    long hash = FNV_OFFSET;
    for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** The place in the interval, from 0 to the interval. */
  static long phase(long seed, long intervalNanos) {
    return Math.floorMod(seed, intervalNanos);
  }

  /** The jitter of one round, from 0 to a twentieth of the interval. */
  static long jitter(long seed, long round, long intervalNanos) {
    long bound = Math.min(intervalNanos / JITTER_DIVISOR, MAX_JITTER_NANOS);
    return bound == 0 ? 0 : Math.floorMod(mix(seed ^ mix(round)), bound);
  }

  /** One step of splitmix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
