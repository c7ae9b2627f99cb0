package parallax.coordinator.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;

/**
 * An incident of a target, as a report lists it.
 *
 * @param onset when the trouble began, which may be before the month
 * @param resolved empty: it went on when the report was made
 */
public record Lapse(
    String id, Instant onset, Optional<Instant> resolved, Scope scope, Cause cause) {
  /** How long it took, or takes until {@code now}. */
  public Duration length(Instant now) {
    return Duration.between(onset, resolved.orElse(now));
  }
}
