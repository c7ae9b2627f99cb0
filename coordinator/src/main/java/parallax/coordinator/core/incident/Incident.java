package parallax.coordinator.core.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;

/**
 * Verdicts that share a cause, from opening to resolution.
 *
 * @param targets sorted, never empty
 * @param cause the first domino; a later, deeper one replaces it
 * @param onset when the trouble began, as far as was seen
 * @param opened when the verdict fell
 * @param evidence what it was opened on, bounded as in a verdict
 */
public record Incident(
    IncidentId id,
    List<TargetName> targets,
    Scope scope,
    Cause cause,
    Instant onset,
    Instant opened,
    Optional<Instant> resolved,
    List<Evidence> evidence) {

  public Incident {
    targets = targets.stream().sorted().distinct().toList();
    evidence = List.copyOf(evidence);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an incident without targets: " + id);
    }
  }

  public boolean isOpen() {
    return resolved.isEmpty();
  }
}
