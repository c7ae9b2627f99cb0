package parallax.coordinator.runbook.execute;

import parallax.coordinator.run.Run;

/** What became of asking for a run. */
public sealed interface Asked {
  /** It runs; the record tells what comes of it. */
  record Started(Run run) implements Asked {}

  /** It would have run, as far as can be told without running it. */
  record Would(String what) implements Asked {}

  /**
   * It does not run.
   *
   * @param why in words
   */
  record Refused(Cause cause, String why) implements Asked {}

  /** Why something does not run. */
  enum Cause {
    /** This machine does not allow it. */
    FORBIDDEN,
    /** It runs already. */
    RUNNING,
    /** It would run by itself too soon, too often, or by somebody else's decision. */
    NOT_NOW,
    /** There is nothing to do any more. */
    OVER,
    /** Too much runs, or too much is written down already. */
    NO_ROOM
  }
}
