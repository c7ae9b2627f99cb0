package parallax.coordinator.replay.past;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;

/**
 * An incident that people were told of, or would have been.
 *
 * @param ours whether it is about our own side; then there are no targets
 * @param told when
 * @param over empty while it lasts
 */
public record Alert(
    IncidentId id,
    boolean ours,
    List<TargetName> targets,
    Scope scope,
    Cause cause,
    Instant told,
    Optional<Instant> over) {

  /** The alert that an incident made; empty when nobody was told. */
  public static Optional<Alert> of(Incident incident) {
    return incident
        .published()
        .map(
            told ->
                new Alert(
                    incident.id(),
                    incident.subject() == Incident.Subject.VANTAGE,
                    incident.targets(),
                    incident.scope(),
                    incident.cause(),
                    told,
                    incident.resolved()));
  }

  /** Whether both are about the same trouble: of the same side, and a target in common. */
  boolean isAbout(Alert other) {
    return ours == other.ours
        && (ours
            ? cause.culprit().equals(other.cause.culprit())
            : targets.stream().anyMatch(other.targets::contains));
  }

  /** Whether this one lasted at a time at which the other did. */
  boolean overlaps(Alert other) {
    return told.isBefore(other.over.orElse(Instant.MAX))
        && other.told.isBefore(over.orElse(Instant.MAX));
  }
}
