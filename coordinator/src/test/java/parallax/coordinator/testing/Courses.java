package parallax.coordinator.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;

/** The same incident, a little later. */
public final class Courses {
  private Courses() {}

  /** Not confirmed yet. */
  public static Incident followed(Incident incident) {
    return with(incident, incident.targets(), incident.scope(), Optional.empty());
  }

  public static Incident published(Incident incident, Instant at) {
    return with(incident, incident.targets(), incident.scope(), Optional.of(at));
  }

  public static Incident joined(Incident incident, TargetName target) {
    List<TargetName> targets = new ArrayList<>(incident.targets());
    targets.add(target);
    return with(incident, targets, incident.scope(), incident.published());
  }

  public static Incident scoped(Incident incident, Scope scope) {
    return with(incident, incident.targets(), scope, incident.published());
  }

  private static Incident with(
      Incident incident, List<TargetName> targets, Scope scope, Optional<Instant> published) {
    return new Incident(
        incident.id(),
        incident.subject(),
        targets,
        scope,
        incident.regions(),
        incident.cause(),
        incident.onset(),
        incident.opened(),
        published,
        incident.resolved(),
        incident.reopened(),
        incident.votes(),
        incident.well(),
        incident.why());
  }

  /** Open again, once more. */
  public static Incident reopened(Incident incident) {
    return new Incident(
        incident.id(),
        incident.subject(),
        incident.targets(),
        incident.scope(),
        incident.regions(),
        incident.cause(),
        incident.onset(),
        incident.opened(),
        incident.published(),
        Optional.empty(),
        incident.reopened() + 1,
        incident.votes(),
        incident.well(),
        incident.why());
  }
}
