package parallax.config.target;

import java.time.Duration;

/**
 * A service level objective: how much of its known time a target is to be up (Site Reliability
 * Workbook, chapter 2; OpenSLO's {@code target} and {@code timeWindow}).
 *
 * @param target the share, less than 1
 * @param window over which it counts, ending now
 */
public record Objective(double target, Duration window) {
  public static final Duration USUAL_WINDOW = Duration.ofDays(30);

  public Objective {
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException("not a share that can be missed: " + target);
    }
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("not a window: " + window);
    }
  }

  /** The share of the known time that it may be down. */
  public double allowed() {
    return 1 - target;
  }
}
