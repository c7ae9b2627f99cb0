package parallax.coordinator.watchdog;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a coordinator, and whether it may be said to work. Beside its signs it is asked
 * a question at every look, which goes the way of an observation: through the queue of what is to
 * be decided, then behind the evidence that waits for the store. Its answer proves that way. All
 * times are since the start, by a clock that nobody sets.
 *
 * @param proven when the last question was asked of which it is known that everything before it is
 *     on record
 * @param lost when the last question was asked before which something got lost
 * @param moved when effects last waited no more, or fewer of them did
 * @param waiting effects at the last look
 */
record Vigil(Optional<Duration> proven, Optional<Duration> lost, Duration moved, int waiting) {
  /** Nothing may wait longer than this to be decided and recorded. */
  static final Duration MAX_BEHIND = Duration.ofMinutes(1);

  /** Of a coordinator of which nothing is known. */
  static Vigil since(Duration start) {
    return new Vigil(Optional.empty(), Optional.empty(), start, 0);
  }

  /**
   * A question was answered.
   *
   * @param asked when it was asked; answers may come in any order
   * @param kept whether everything before it is on record
   */
  Vigil answered(Duration asked, boolean kept) {
    return kept
        ? new Vigil(later(proven, asked), lost, moved, waiting)
        : new Vigil(proven, later(lost, asked), moved, waiting);
  }

  /** What is known after a look. */
  Vigil looked(Signs signs, Duration now) {
    boolean moves = signs.unrecorded() == 0 || signs.unrecorded() < waiting;
    return new Vigil(proven, lost, moves ? now : moved, signs.unrecorded());
  }

  /** Why it may not be said to work; empty when it may. */
  Optional<String> trouble(Signs signs, Duration now) {
    return signs
        .notDeciding()
        .or(signs::notRecording)
        .or(signs::apart)
        .or(() -> when(!signs.inForce(), "the configuration is not in force yet"))
        .or(() -> when(proven.isEmpty(), "nothing is known to be recorded yet"))
        .or(() -> when(isLosing(), "observations got lost on their way to the store"))
        .or(() -> when(isBehind(now), "observations wait for too long to be recorded"))
        .or(() -> when(isOver(moved, now), "decisions wait for too long to be recorded"));
  }

  private boolean isLosing() {
    return lost.filter(at -> proven.filter(since -> since.compareTo(at) > 0).isEmpty()).isPresent();
  }

  private boolean isBehind(Duration now) {
    return proven.filter(at -> isOver(at, now)).isPresent();
  }

  private static boolean isOver(Duration since, Duration now) {
    return now.minus(since).compareTo(MAX_BEHIND) > 0;
  }

  private static Optional<Duration> later(Optional<Duration> one, Duration other) {
    return one.filter(at -> at.compareTo(other) > 0).or(() -> Optional.of(other));
  }

  private static Optional<String> when(boolean holds, String why) {
    return holds ? Optional.of(why) : Optional.empty();
  }
}
