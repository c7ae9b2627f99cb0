package parallax.coordinator.view.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.config.target.Objective;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.maintenance.Spans;

/**
 * How an objective stands: what it allows to be down, of the time of which is known how it was
 * outside of maintenance, and what of that is left. So {@link #isMet} says the same as comparing
 * the uptime of the window with the objective, and unknown time neither burns nor fills the budget.
 *
 * @param known milliseconds up or down in the window
 * @param up of them; degraded counts as up
 */
public record ErrorBudget(Objective objective, long known, long up) {
  /** The budget of a target that has an objective. */
  public static Optional<ErrorBudget> of(TargetView view, Instant now, Spans maintenance) {
    return view.target()
        .objective()
        .map(
            objective -> {
              UptimeHistory.Part part =
                  view.uptime().part(now.minus(objective.window()), now, maintenance);
              return new ErrorBudget(objective, part.known(), part.up());
            });
  }

  /** The share of the known time in which it was up; empty when nothing is known. */
  public OptionalDouble ratio() {
    return known <= 0 ? OptionalDouble.empty() : OptionalDouble.of((double) up / known);
  }

  /** How long it may be down. */
  public Duration total() {
    return Duration.ofMillis(Math.round(objective.allowed() * known));
  }

  /** How long it was. */
  public Duration used() {
    return Duration.ofMillis(known - up);
  }

  /** What is left; negative when more was used than there is. */
  public Duration left() {
    return total().minus(used());
  }

  /** The share that is left, at most 1; negative when more was used; empty: nothing is known. */
  public OptionalDouble leftRatio() {
    return known <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - (known - up) / (objective.allowed() * known));
  }

  /** Whether it is as it should be; empty when nothing is known. */
  public Optional<Boolean> isMet() {
    OptionalDouble ratio = ratio();
    return ratio.isEmpty()
        ? Optional.empty()
        : Optional.of(ratio.getAsDouble() >= objective.target());
  }

  /**
   * How fast the budget burns: 1 is the rate at which it is used up exactly at the end of the
   * window, 0 is nothing; empty when nothing is known of that time.
   */
  public static OptionalDouble burnRate(
      TargetView view, Objective objective, BurnWindow over, Instant now, Spans maintenance) {
    OptionalDouble ratio = OptionalDouble.empty();
    UptimeHistory.Part part = view.uptime().part(now.minus(over.length()), now, maintenance);
    if (part.known() > 0) {
      double down = (double) (part.known() - part.up()) / part.known();
      ratio = OptionalDouble.of(down / objective.allowed());
    }
    return ratio;
  }
}
