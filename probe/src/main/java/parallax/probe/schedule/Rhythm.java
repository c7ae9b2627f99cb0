package parallax.probe.schedule;

import java.time.Duration;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;

/**
 * The instants at which one check of one target is due: {@code phase + round * interval + jitter},
 * counted from the epoch. Phase and jitter follow from the names alone, so they are the same after
 * a restart and do not depend on other targets; the jitter of a round does not move the rounds
 * after it. All times in nanoseconds since the epoch.
 */
record Rhythm(long interval, long phase, long seed) {
  /** The jitter is less than this part of the interval. */
  static final int JITTER_PART = 20;

  static final Duration MAX_JITTER = Duration.ofSeconds(1);

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  static Rhythm of(ProbeName probe, TargetName target, CheckKind kind, Duration interval) {
    long hash = FNV_OFFSET;
    hash = hashed(hash, probe.value());
    hash = hashed(hash, target.value());
    hash = hashed(hash, kind.name());
    long seed = mixed(hash);
    long nanos = interval.toNanos();
    return new Rhythm(nanos, Math.floorMod(seed, nanos), mixed(seed));
  }

  /** When round {@code round} is due; strictly later from round to round. */
  long due(long round) {
    long bound = Math.max(1, Math.min(interval / JITTER_PART, MAX_JITTER.toNanos()));
    long jitter = Math.floorMod(mixed(seed + round * GOLDEN_GAMMA), bound);
    return phase + round * interval + jitter;
  }

  /** The first round that is due after {@code instant}. */
  long roundAfter(long instant) {
    long round = Math.floorDiv(instant - phase, interval);
    return due(round) > instant ? round : round + 1;
  }

  /** FNV-1a over the characters and an end mark. */
  private static long hashed(long hash, String text) {
    long result = hash;
    for (int index = 0; index < text.length(); index++) {
      result = (result ^ text.charAt(index)) * FNV_PRIME;
    }
    return (result ^ 0xff) * FNV_PRIME;
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
