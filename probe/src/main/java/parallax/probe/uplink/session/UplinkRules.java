package parallax.probe.uplink.session;

import java.time.Duration;

/**
 * How long an uplink waits for what. Each more than zero.
 *
 * @param connect for a stream to stand
 * @param welcome for the answer to Hello
 * @param silence without any frame: coordinators ping more often
 * @param acknowledge for an ack; a coordinator that takes what it cannot keep is left
 * @param steady a stream that stood so long was a good one: the next attempt comes soon
 * @param drops between reports of what was dropped
 * @param usual before the next attempt
 * @param busy the same, after a coordinator said that others may take what it cannot: it knows how
 *     much it can bear, and what is held back meanwhile is decided upon that much later
 * @param refused the same, after a refusal that will hardly change by itself
 */
public record UplinkRules(
    Duration connect,
    Duration welcome,
    Duration silence,
    Duration acknowledge,
    Duration steady,
    Duration drops,
    Pause usual,
    Pause busy,
    Pause refused) {
  public static final UplinkRules USUAL =
      new UplinkRules(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          new Pause(Duration.ofSeconds(2), Duration.ofSeconds(60)),
          new Pause(Duration.ofSeconds(2), Duration.ofSeconds(8)),
          new Pause(Duration.ofSeconds(10), Duration.ofMinutes(5)));

  /**
   * A bound of waiting that doubles with each failure.
   *
   * @param first the bound after one failure
   * @param most never more
   */
  public record Pause(Duration first, Duration most) {
    private static final int MAX_DOUBLINGS = 20;

    public Pause {
      if (!first.isPositive() || most.compareTo(first) < 0) {
        throw new IllegalArgumentException("pauses from " + first + " to " + most);
      }
    }

    /**
     * After so many failures in a row, at least one.
     *
     * @return in nanoseconds
     */
    long bound(int failures) {
      long doubled = first.toNanos() << Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
      return doubled <= 0 ? most.toNanos() : Math.min(doubled, most.toNanos());
    }
  }
}
