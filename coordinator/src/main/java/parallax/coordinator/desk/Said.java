package parallax.coordinator.desk;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.policy.Severity;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;

/**
 * What a letter said of an incident, as far as another would matter.
 *
 * @param targets how many are hit
 */
record Said(
    Severity severity,
    Scope scope,
    List<Region> regions,
    Optional<Layer> layer,
    Reason reason,
    String culprit,
    int targets) {
  /** So many times as many targets are news. */
  private static final int GROWTH = 2;

  /** Fewer further ones are none. */
  private static final int LEAST_GROWTH = 3;

  static Said of(Incident incident) {
    return new Said(
        Routing.severity(incident),
        incident.scope(),
        incident.regions(),
        incident.cause().layer(),
        incident.cause().finding().reason(),
        incident.cause().culprit(),
        incident.targets().size());
  }

  /** Whether it is worse now. */
  boolean isWorse(Said now) {
    return now.severity.compareTo(severity) < 0;
  }

  /** Whether somebody who was told this does not know what matters. */
  boolean differsFrom(Said now) {
    return severity != now.severity
        || scope != now.scope
        || !regions.equals(now.regions)
        || !layer.equals(now.layer)
        || reason != now.reason
        || !culprit.equals(now.culprit)
        || (now.targets >= GROWTH * targets && now.targets - targets >= LEAST_GROWTH);
  }
}
