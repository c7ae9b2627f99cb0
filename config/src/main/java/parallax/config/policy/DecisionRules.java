package parallax.config.policy;

import java.time.Duration;

/**
 * How sure Parallax has to be, and how long it waits: what users may change of how it decides.
 *
 * @param looks so many looks in a row change the opinion of a lone vantage, 1 to {@link #MAX_LOOKS}
 * @param sure how probable trouble has to be where several vantages are weighed against each other,
 *     from {@link #MIN_SURE} to {@link #MAX_SURE}
 * @param publish an incident waits at most so long for its siblings and its cause before it is told
 * @param hold so long all has to be fine before an incident is over; less where checks are frequent
 * @param reopen trouble that returns within this time after the end belongs to the same incident
 */
public record DecisionRules(
    int looks, double sure, Duration publish, Duration hold, Duration reopen) {
  /** As many looks as are kept of each vantage. */
  public static final int MAX_LOOKS = 4;

  public static final double MIN_SURE = 0.9;
  public static final double MAX_SURE = 0.99999;

  /** The longest time that any of them waits. */
  public static final Duration MAX_WAIT = Duration.ofDays(1);

  /** What holds where users say nothing. */
  public static final DecisionRules USUAL =
      new DecisionRules(
          3, 0.995, Duration.ofSeconds(25), Duration.ofMinutes(2), Duration.ofMinutes(10));

  public DecisionRules {
    if (looks < 1 || looks > MAX_LOOKS) {
      throw new IllegalArgumentException("looks: " + looks);
    }
    if (!(sure >= MIN_SURE && sure <= MAX_SURE)) {
      throw new IllegalArgumentException("sure: " + sure);
    }
  }
}
