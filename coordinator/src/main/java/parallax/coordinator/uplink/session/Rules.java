package parallax.coordinator.uplink.session;

import java.time.Duration;
import parallax.config.wire.CoordinatorFrame;

/**
 * What one stream may do.
 *
 * @param hello how long the first frame may take
 * @param ping how often the probe's clock is asked for
 * @param silence a stream that is read and from which nothing came for so long is dead
 * @param doubt for so long after it was welcomed, a stream may hand over observations of targets
 *     that another member assigned and this one has not heard of yet: they are held, and judged by
 *     the assignment that comes
 * @param busy how long after something was not taken in the probe is told to come again
 * @param leastPerSecond observations that any probe may send
 * @param backlogPerSecond those it may send beyond twice its schedule, while it catches up
 * @param frame the largest frame and the most observations in it
 * @param unacknowledged observations that may be on their way into the record
 */
public record Rules(
    Duration hello,
    Duration ping,
    Duration silence,
    Duration doubt,
    Duration busy,
    int leastPerSecond,
    int backlogPerSecond,
    Frame frame,
    int unacknowledged) {
  /** For operation. */
  public static final Rules USUAL =
      new Rules(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          200,
          2_000,
          new Frame(128 * 1024, 500),
          4_000);

  /** How many observations are saved up for a burst, in seconds of the rate. */
  static final int BURST_SECONDS = 5;

  /** How often the schedule of a probe it may send. */
  static final int TIMES_SCHEDULE = 2;

  private static final int MOST_PER_SECOND = 1_000_000;

  /** Frames that may be on their way into the record. */
  static final int MAX_UNDER_WAY = 64;

  /** A clock that is further off is said to be. */
  static final Duration CLOCK_OFF = Duration.ofSeconds(2);

  /** A clock that is further off is warned about. */
  static final Duration CLOCK_FAR_OFF = Duration.ofSeconds(60);

  /** The largest frame. */
  public record Frame(int bytes, int observations) {}

  /** Observations a second that a probe may send whose schedule makes so many. */
  int perSecond(double schedule) {
    double most = Math.min(MOST_PER_SECOND, Math.ceil(TIMES_SCHEDULE * schedule));
    return Math.max(leastPerSecond, (int) most) + backlogPerSecond;
  }

  CoordinatorFrame.Limits limits(int perSecond) {
    return new CoordinatorFrame.Limits(
        frame.bytes(), frame.observations(), perSecond, unacknowledged);
  }
}
