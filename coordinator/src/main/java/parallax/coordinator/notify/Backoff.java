package parallax.coordinator.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed attempt is repeated: the pause doubles from {@code first} to {@code longest}, each
 * time somewhere in the upper half, so that many receivers are not asked in step.
 *
 * @param longestAsked the longest pause that a receiver can ask for
 */
public record Backoff(Duration first, Duration longest, Duration longestAsked) {
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(1));

  /** More doublings than this would only overflow. */
  private static final int MAX_DOUBLINGS = 30;

  /**
   * The pause after a failed attempt.
   *
   * @param attempts made so far, from 1
   * @param asked what the receiver asked for, which is kept to at least
   */
  public Duration pause(int attempts, Optional<Duration> asked, RandomGenerator random) {
    int doublings = Math.clamp(attempts - 1L, 0, MAX_DOUBLINGS);
    Duration whole = shorter(first.multipliedBy(1L << doublings), longest);
    long half = whole.toNanos() / 2;
    Duration own = Duration.ofNanos(half + random.nextLong(half + 1));
    return asked
        .map(wish -> shorter(wish, longestAsked))
        .filter(wish -> wish.compareTo(own) > 0)
        .orElse(own);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
