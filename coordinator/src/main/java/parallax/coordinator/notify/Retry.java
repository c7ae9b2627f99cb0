package parallax.coordinator.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again: exponentially later, with jitter, and not for ever. Pure. */
final class Retry {
  /** The wait after the first failure; it doubles with each further one. */
  static final Duration FIRST = Duration.ofSeconds(1);

  /** The longest wait of our own. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** The longest wait that a receiver can ask for. */
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  /** A notice older than this is given up. */
  static final Duration STALE = Duration.ofHours(24);

  private static final int MAX_DOUBLINGS = 20;

  private Retry() {}

  /**
   * When to try again; empty when it is no use any more.
   *
   * @param attempts made so far, at least one
   * @param asked what the receiver asked us to wait
   */
  static Optional<Instant> at(
      Instant planned,
      int attempts,
      Optional<Duration> asked,
      Instant now,
      RandomGenerator random) {
    if (Duration.between(planned, now).compareTo(STALE) > 0) {
      return Optional.empty();
    }
    Duration full = FIRST.multipliedBy(1L << Math.clamp(attempts - 1, 0, MAX_DOUBLINGS));
    Duration bounded = full.compareTo(LONGEST) < 0 ? full : LONGEST;
    long half = bounded.toMillis() / 2;
    Duration own = Duration.ofMillis(half + random.nextLong(half + 1));
    Duration wish = asked.orElse(Duration.ZERO);
    Duration heeded = wish.compareTo(LONGEST_ASKED) < 0 ? wish : LONGEST_ASKED;
    return Optional.of(now.plus(own.compareTo(heeded) > 0 ? own : heeded));
  }
}
