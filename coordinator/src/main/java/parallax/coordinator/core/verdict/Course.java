package parallax.coordinator.core.verdict;

import parallax.config.observation.Outcome;

/**
 * How the looks of one probe by one kind of check went: what is held, and what speaks against it. A
 * change is held only after it was seen several times in a row; one look to the contrary starts the
 * count again. Looks that could not tell do not count either way.
 *
 * @param held what was confirmed
 * @param last what the newest look said; UNSEEN before the first
 * @param run how many looks in a row said the same as the newest, at most {@link #MAX_RUN}
 * @param fine how many looks in a row were not DOWN, at most {@link #MAX_RUN}
 */
public record Course(Standing held, Standing last, int run, int fine) {
  /** Looks in a row that make DOWN. */
  public static final int LOOKS_TO_DOWN = 3;

  /** Looks in a row, each Up or Degraded, that end DOWN. */
  public static final int LOOKS_TO_RECOVER = 3;

  /** Looks in a row that make DEGRADED, or end it. */
  public static final int LOOKS_TO_DEGRADED = 2;

  /** Runs are counted up to here. */
  public static final int MAX_RUN = 99;

  public static final Course UNSEEN = new Course(Standing.UNSEEN, Standing.UNSEEN, 0, 0);
  public static final Course DOUBTED = new Course(Standing.DOUBTED, Standing.UNSEEN, 0, 0);

  /** This course and one more look. */
  public Course after(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Up _ -> after(Standing.UP);
      case Outcome.Degraded _ -> after(Standing.DEGRADED);
      case Outcome.Down _ -> after(Standing.DOWN);
      case Outcome.Inconclusive _ -> this;
    };
  }

  private Course after(Standing seen) {
    int newRun = seen == last ? Math.min(run + 1, MAX_RUN) : 1;
    int newFine = seen == Standing.DOWN ? 0 : Math.min(fine + 1, MAX_RUN);
    Course grown = new Course(held, seen, newRun, newFine);
    return grown.lacking() > 0 ? grown : new Course(grown.confirmed(), seen, newRun, newFine);
  }

  /** How many more looks like the newest would change what is held; 0 when none would. */
  public int lacking() {
    int needed =
        switch (last) {
          case UNSEEN, DOUBTED -> 0;
          case DOWN -> held == Standing.DOWN ? 0 : LOOKS_TO_DOWN - run;
          case UP -> isDownOrDoubted() ? LOOKS_TO_RECOVER - fine : toUp();
          case DEGRADED -> isDownOrDoubted() ? LOOKS_TO_RECOVER - fine : toDegraded();
        };
    return Math.max(needed, 0);
  }

  private boolean isDownOrDoubted() {
    return held == Standing.DOWN || held == Standing.DOUBTED;
  }

  private int toUp() {
    return held == Standing.DEGRADED ? LOOKS_TO_DEGRADED - run : 0;
  }

  private int toDegraded() {
    return held == Standing.DEGRADED ? 0 : LOOKS_TO_DEGRADED - run;
  }

  /** What the newest look makes held when nothing is lacking. */
  private Standing confirmed() {
    boolean hardlyDegraded = last == Standing.DEGRADED && run < LOOKS_TO_DEGRADED;
    return hardlyDegraded && isDownOrDoubted() ? Standing.UP : last;
  }
}
