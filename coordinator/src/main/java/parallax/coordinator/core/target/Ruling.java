package parallax.coordinator.core.target;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What was decided about one target.
 *
 * @param scope present when the state is DEGRADED or DOWN
 * @param probability how sure, from 0 to 1
 */
public record Ruling(
    TargetState state,
    Optional<Scope> scope,
    List<Region> regions,
    Optional<Cause> cause,
    double probability) {
  /** Nothing is known. */
  public static final Ruling UNKNOWN =
      new Ruling(TargetState.UNKNOWN, Optional.empty(), List.of(), Optional.empty(), 0);

  /** Whether the other one says the same, whatever the details of what was seen last. */
  public boolean saysTheSameAs(Ruling other) {
    return state == other.state
        && scope.equals(other.scope)
        && regions.equals(other.regions)
        && cause.flatMap(Cause::layer).equals(other.cause.flatMap(Cause::layer))
        && cause
            .map(Cause::finding)
            .map(Finding::reason)
            .equals(other.cause.map(Cause::finding).map(Finding::reason))
        && cause.map(Cause::culprit).equals(other.cause.map(Cause::culprit));
  }
}
