package parallax.config.routes;

import java.time.Duration;

/**
 * When what is seen of a prefix becomes a verdict. Shares are from 0 to 1 and of the voters: an
 * autonomous system has one vote at each collector.
 *
 * @param visible this share and more is fine
 * @param withdrawn this share and less is withdrawn
 * @param partialFor how long a part misses it before that is said
 * @param withdrawnFor how long it is withdrawn before that is said
 * @param restoredFor how long it is visible again before that is said
 * @param minVoters with fewer nothing is ever called withdrawn
 * @param minCollectors at which it must be missed
 * @param start when something can be said at all
 * @param silent a source that says nothing for longer is not heard
 * @param origin of who announces it
 */
public record RouteLimits(
    double visible,
    double withdrawn,
    Duration partialFor,
    Duration withdrawnFor,
    Duration restoredFor,
    int minVoters,
    int minCollectors,
    Start start,
    Duration silent,
    Origins origin) {
  public static final RouteLimits USUAL =
      new RouteLimits(
          0.9,
          0.1,
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          10,
          2,
          new Start(20, Duration.ofHours(8)),
          Duration.ofMinutes(1),
          new Origins(3, 2, Duration.ofDays(7)));

  /**
   * When something can be said.
   *
   * @param voters so many are known
   * @param after so long, with however many
   */
  public record Start(int voters, Duration after) {}

  /**
   * When another origin is told.
   *
   * @param voters so many must have it; with fewer it is a notice in the log
   * @param collectors at which they are
   * @param learnAfter what was seen for so long is normal
   */
  public record Origins(int voters, int collectors, Duration learnAfter) {}
}
