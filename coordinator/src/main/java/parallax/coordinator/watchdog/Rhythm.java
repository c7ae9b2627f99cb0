package parallax.coordinator.watchdog;

import java.time.Duration;
import java.util.Optional;

/**
 * When a sign of life is due. All times are since the start, by a clock that nobody sets.
 *
 * @param due the next one
 */
record Rhythm(Duration due) {
  /** So long after the start, so that something is known by then. */
  static final Duration FIRST = Duration.ofSeconds(3);

  /** What did not arrive is sent again after so long, unless the next one is due before. */
  static final Duration RETRY = Duration.ofSeconds(15);

  /** Up to this share of the time between two is left out, so that many do not come at once. */
  static final double JITTER = 0.1;

  /** As soon as possible. */
  static Rhythm from(Duration now) {
    return new Rhythm(now.plus(FIRST));
  }

  /**
   * What to do now. One that is held back stays due, and is sent as soon as all is well.
   *
   * @param trouble why nothing may be said
   */
  Turn turn(Optional<String> trouble, Duration now) {
    if (now.compareTo(due) < 0) {
      return new Turn.Rest();
    }
    return trouble.<Turn>map(Turn.Silent::new).orElseGet(Turn.Send::new);
  }

  /**
   * After one was sent.
   *
   * @param again whether it did not arrive and is worth another try before its time
   * @param random from 0 to below 1
   */
  static Rhythm after(Duration now, Duration every, boolean again, double random) {
    Duration pause = again && RETRY.compareTo(every) < 0 ? RETRY : every;
    long early = (long) (pause.toMillis() * JITTER * random);
    return new Rhythm(now.plus(pause).minusMillis(early));
  }
}
