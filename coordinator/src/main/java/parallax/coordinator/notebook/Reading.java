package parallax.coordinator.notebook;

import java.util.List;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;

/** How an incident is read: for whom, and what broke first. */
public record Reading(Scope scope, List<Region> regions, Cause cause) {
  public Reading {
    regions = List.copyOf(regions);
  }

  public static Reading of(Incident incident) {
    return new Reading(incident.scope(), incident.regions(), incident.cause());
  }

  /** Whether both say the same, whatever was seen in detail. */
  public boolean saysTheSameAs(Reading other) {
    return scope == other.scope
        && regions.equals(other.regions)
        && cause.layer().equals(other.cause.layer())
        && cause.finding().reason() == other.cause.finding().reason()
        && cause.culprit().equals(other.cause.culprit());
  }
}
