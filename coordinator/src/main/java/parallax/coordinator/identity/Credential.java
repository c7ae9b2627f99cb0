package parallax.coordinator.identity;

import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.ProbeName;

/**
 * A token of a probe, as it may be shown.
 *
 * @param id eight digits and letters from a to f
 * @param used when it was used last, give or take {@link TokenAuthority#NOTED}
 */
public record Credential(
    String id,
    ProbeName probe,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> used,
    Optional<Instant> revoked) {
  /** Whether it counts. */
  public boolean isValid(Instant now) {
    return revoked.isEmpty() && expires.filter(end -> !end.isAfter(now)).isEmpty();
  }
}
