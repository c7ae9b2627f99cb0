package parallax.coordinator.json;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;

/** How evidence, causes and incidents are written, wherever they are: API and notices alike. */
public final class CoreJson {
  private CoreJson() {}

  /** The fields of one piece of evidence. */
  public static void evidence(Json json, Evidence evidence) throws IOException {
    Observation seen = evidence.observation();
    Optional<Finding> why = seen.outcome().why();
    json.text("id", seen.id().toString())
        .text("probe", seen.vantage().probe().value())
        .text("region", seen.vantage().region().value())
        .text("target", seen.target().value())
        .text("check", seen.check().label())
        .text("layer", seen.layer().name())
        .text("outcome", seen.outcome().label())
        .text("reason", why.map(finding -> finding.reason().text()))
        .text("code", why.map(finding -> finding.reason().name()))
        .text("detail", why.map(Finding::detail))
        .instant("scheduled", seen.scheduled())
        .instant("started", seen.started())
        .instant("received", evidence.received())
        .millis("durationMs", seen.duration())
        .object("timings", timings -> timings(timings, seen.timings()))
        .object("facts", facts -> facts(facts, seen.facts()));
  }

  /** A field for each phase that was reached: {@code connectMs}, {@code firstByteMs}. */
  public static void timings(Json json, Timings timings) throws IOException {
    for (Map.Entry<Phase, Duration> phase : timings.phases().entrySet()) {
      json.millis(field(phase.getKey()), phase.getValue());
    }
  }

  /** The field {@code cause}, null when there is none. */
  public static void cause(Json json, Optional<Cause> cause) throws IOException {
    if (cause.isEmpty()) {
      json.nothing("cause");
      return;
    }
    Cause known = cause.get();
    json.object(
        "cause",
        fields ->
            fields
                .text("layer", known.layer().name())
                .text("reason", known.finding().reason().text())
                .text("code", known.finding().reason().name())
                .text("detail", known.finding().detail())
                .text("culprit", known.culprit()));
  }

  /** The fields of an incident, without its evidence. */
  public static void incident(Json json, Incident incident) throws IOException {
    json.text("id", incident.id().value())
        .text("state", incident.isOpen() ? "open" : "resolved")
        .text("scope", incident.scope().name());
    cause(json, Optional.of(incident.cause()));
    json.texts("targets", incident.targets().stream().map(TargetName::value).toList())
        .instant("onset", incident.onset())
        .instant("opened", incident.opened())
        .instant("resolved", incident.resolved());
  }

  private static void facts(Json json, Facts facts) throws IOException {
    if (facts.address().isPresent()) {
      json.text("address", facts.address());
    }
    if (facts.httpStatus().isPresent()) {
      json.number("httpStatus", facts.httpStatus().get());
    }
    if (facts.httpVersion().isPresent()) {
      json.text("httpVersion", facts.httpVersion());
    }
    if (facts.tlsVersion().isPresent()) {
      json.text("tlsVersion", facts.tlsVersion());
    }
    if (facts.certificateExpiry().isPresent()) {
      json.instant("certificateExpiry", facts.certificateExpiry());
    }
    if (facts.redirects() > 0) {
      json.number("redirects", facts.redirects());
    }
    if (facts.bodyBytes().isPresent()) {
      json.number("bodyBytes", facts.bodyBytes().get());
    }
    if (!facts.answers().isEmpty()) {
      json.texts("answers", facts.answers());
    }
  }

  private static String field(Phase phase) {
    return switch (phase) {
      case RESOLVE -> "resolveMs";
      case CONNECT -> "connectMs";
      case TLS -> "tlsMs";
      case FIRST_BYTE -> "firstByteMs";
      case TRANSFER -> "transferMs";
    };
  }
}
