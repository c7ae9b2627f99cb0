package parallax.coordinator.core.verdict;

import java.util.Optional;

/** What a rule decided about one target. */
public record Ruling(TargetState state, Optional<Scope> scope, Optional<Cause> cause) {
  /** Nothing is known. */
  public static final Ruling UNKNOWN =
      new Ruling(TargetState.UNKNOWN, Optional.empty(), Optional.empty());

  /** Whether the other one says the same, whatever the details of what was seen last. */
  public boolean saysTheSameAs(Ruling other) {
    return state == other.state
        && scope.equals(other.scope)
        && cause.map(Cause::layer).equals(other.cause.map(Cause::layer))
        && cause
            .map(known -> known.finding().reason())
            .equals(other.cause.map(known -> known.finding().reason()))
        && cause.map(Cause::culprit).equals(other.cause.map(Cause::culprit));
  }
}
