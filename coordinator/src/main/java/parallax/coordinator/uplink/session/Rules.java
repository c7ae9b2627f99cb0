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

  /** Observations of all that catch up that may be on their way without an ack. */
  static final int SHARED = 10_000;

  /** What one stream may have on its way, however many share. */
  static final int LEAST_UNACKNOWLEDGED = 20;

  /** A stream may have on its way what its schedule makes in so many seconds. */
  static final int SECONDS_ON_THE_WAY = 2;

  /** What waits at a probe and is more than its schedule makes in so many seconds is a backlog. */
  static final int SECONDS_WAITING = 15;

  /** An observation that took longer from its end to here goes behind those that did not. */
  static final Duration LATE = Duration.ofSeconds(15);

  /** In how many frames that is, so that an ack makes room before all is on the way. */
  static final int FRAMES_ON_THE_WAY = 4;

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

  /** Whether so much that waits at a probe is a backlog. */
  static boolean isBacklog(long waiting, double schedule) {
    return waiting > LEAST_UNACKNOWLEDGED + SECONDS_WAITING * schedule;
  }

  /**
   * What a probe may send whose schedule makes so many observations a second. A new one waits
   * behind all that is on its way from all streams: so what one may have there is its part of what
   * fits. Their number is rounded up to a power of two, so that not each that comes or goes changes
   * it.
   */
  CoordinatorFrame.Limits limits(double schedule, int streams) {
    int sharers = Integer.highestOneBit(Math.max(1, 2 * streams - 1));
    int ownPart = Math.max(SHARED / sharers, LEAST_UNACKNOWLEDGED);
    int usual = (int) Math.min(unacknowledged, Math.ceil(SECONDS_ON_THE_WAY * schedule));
    int onTheWay = Math.min(unacknowledged, Math.max(ownPart, usual));
    int inFrame = Math.clamp(onTheWay / FRAMES_ON_THE_WAY, 1, frame.observations());
    return new CoordinatorFrame.Limits(frame.bytes(), inFrame, perSecond(schedule), onTheWay);
  }
}
