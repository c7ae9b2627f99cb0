package parallax.coordinator.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Why;

/** An incident as a test describes it. */
record Trouble(
    String id, List<String> targets, Scope scope, Reason reason, String culprit, int reopened) {

  /** Down for everybody, by its own fault. */
  static Trouble of(String id, String... targets) {
    return new Trouble(id, List.of(targets), Scope.GLOBAL, Reason.HTTP_STATUS, "target:" + id, 0);
  }

  /** A probe that is gone. */
  static Trouble ours(String id) {
    return new Trouble(id, List.of(), Scope.PROBE_LOCAL, Reason.PROBE_SILENT, "probe:" + id, 0);
  }

  /** A certificate that will run out. */
  static Trouble due(String id, String... targets) {
    return of(id, targets).by(Reason.CERTIFICATE_EXPIRES_SOON);
  }

  Trouble in(Scope other) {
    return new Trouble(id, targets, other, reason, culprit, reopened);
  }

  Trouble by(Reason other) {
    return new Trouble(id, targets, scope, other, culprit, reopened);
  }

  Trouble blaming(String other) {
    return new Trouble(id, targets, scope, reason, other, reopened);
  }

  Trouble with(String... more) {
    List<String> all = Stream.concat(targets.stream(), Stream.of(more)).toList();
    return new Trouble(id, all, scope, reason, culprit, reopened);
  }

  Trouble again() {
    return new Trouble(id, targets, scope, reason, culprit, reopened + 1);
  }

  Incident incident(Instant opened, boolean published, Optional<Instant> resolved) {
    boolean ours = targets.isEmpty();
    Optional<Layer> layer = reason.layer();
    return new Incident(
        new IncidentId(id),
        ours ? Incident.Subject.VANTAGE : Incident.Subject.SERVICE,
        targets.stream().map(TargetName::new).toList(),
        scope,
        scope == Scope.REGIONAL ? List.of(new Region("tokyo")) : List.of(),
        new Cause(layer, Finding.of(reason), culprit),
        opened,
        opened,
        published ? Optional.of(opened) : Optional.empty(),
        resolved,
        reopened,
        List.of(),
        List.of(),
        Why.rule("a test says so"));
  }
}
