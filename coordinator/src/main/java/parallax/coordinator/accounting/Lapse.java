package parallax.coordinator.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An incident of a target, as a report lists it.
 *
 * @param onset when the trouble began, which may be before the month
 * @param resolved empty: it went on when the report was made
 * @param cause in words
 */
public record Lapse(
    String id, Instant onset, Optional<Instant> resolved, String scope, String cause) {
  /** How long it took, or takes until {@code now}. */
  public Duration length(Instant now) {
    return Duration.between(onset, resolved.orElse(now));
  }
}
