package parallax.coordinator.json;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

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

  /** The fields of the way to an address: {@code to}, {@code hops}, {@code end}. */
  public static void trace(Json json, TraceSeen trace) throws IOException {
    SeenFields.write(json, trace);
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
                .text("layer", known.layer().map(Enum::name))
                .text("reason", known.finding().reason().text())
                .text("code", known.finding().reason().name())
                .text("detail", known.finding().detail())
                .text("culprit", known.culprit()));
  }

  /** The fields of an incident, without its evidence. */
  public static void incident(Json json, Incident incident) throws IOException {
    json.text("id", incident.id().value())
        .text("state", incident.isOpen() ? "open" : "resolved")
        .text("subject", incident.subject().name().toLowerCase(Locale.ROOT))
        .text("scope", incident.scope().name())
        .texts("regions", incident.regions().stream().map(Region::value).toList());
    cause(json, Optional.of(incident.cause()));
    json.texts("targets", incident.targets().stream().map(TargetName::value).toList())
        .instant("onset", incident.onset())
        .instant("opened", incident.opened())
        .instant("published", incident.published())
        .instant("resolved", incident.resolved());
  }

  /** The fields of one vote. */
  public static void vote(Json json, Vote vote) throws IOException {
    json.text("id", vote.id().toString())
        .text("probe", vote.vantage().probe().value())
        .text("region", vote.vantage().region().value())
        .text("network", vote.vantage().asn().map(asn -> "AS" + asn))
        .text("check", vote.check().label())
        .text("layer", vote.layer().name())
        .text("outcome", outcome(vote))
        .flag("counts", counts(vote))
        .text("reason", vote.finding().map(finding -> finding.reason().text()))
        .text("code", vote.finding().map(finding -> finding.reason().name()))
        .text("detail", vote.finding().map(Finding::detail))
        .instant("at", vote.at())
        .number("weight", rounded(vote.weight()));
  }

  /** The word for an outcome, as observations have it. */
  public static String outcome(Vote vote) {
    return switch (vote.ballot()) {
      case FINE -> "up";
      case NOTABLE -> "degraded";
      case FAILED -> "down";
      case COULD_NOT_TELL -> "inconclusive";
      case ABSTAINS -> vote.finding().isPresent() ? "down" : "up";
    };
  }

  /** Whether a vote has a say. */
  private static boolean counts(Vote vote) {
    return switch (vote.ballot()) {
      case FINE, NOTABLE, FAILED -> true;
      case COULD_NOT_TELL, ABSTAINS -> false;
    };
  }

  /** The field {@code why}: what a decision rests on. */
  public static void why(Json json, Why why) throws IOException {
    json.object(
        "why",
        fields -> {
          fields.text("rule", why.rule());
          fields.items(
              "explanations",
              why.explanations(),
              (each, known) ->
                  each.text("name", known.name())
                      .number("probability", rounded(known.probability())));
          fields.items(
              "shares",
              why.shares(),
              (each, known) ->
                  each.text("group", known.group())
                      .number("failing", known.failing())
                      .number("looking", known.looking()));
          fields.items(
              "rivals",
              why.rivals(),
              (each, known) ->
                  each.text("culprit", known.culprit())
                      .number("failing", known.failing())
                      .number("dependants", known.dependants())
                      .number("gain", rounded(known.gain())));
          fields.texts("wouldChange", why.wouldChange());
        });
  }

  /** The field {@code blocked}: null, or where it looks like a block, and by what signs. */
  public static void blocked(Json json, Interference blocked) throws IOException {
    if (!blocked.isLikely()) {
      json.nothing("blocked");
      return;
    }
    json.object(
        "blocked",
        fields ->
            fields
                .text("certainty", blocked.isStated() ? "stated" : "likely")
                .items("places", blocked.places(), CoreJson::place));
  }

  private static void place(Json json, Interference.Place place) throws IOException {
    json.text("name", place.name())
        .text("region", place.region().map(Region::value))
        .text("network", place.asn().map(asn -> "AS" + asn))
        .items(
            "signs",
            place.signs(),
            (each, sign) ->
                each.text("code", sign.signature().name())
                    .text("text", sign.signature().words())
                    .number("probes", sign.probes()));
  }

  /** The fields of something that is not as it should be though it works. */
  public static void shortcoming(Json json, Shortcoming shortcoming) throws IOException {
    json.text("check", shortcoming.check().label())
        .text("layer", shortcoming.layer().name())
        .text("reason", shortcoming.reason().text())
        .text("code", shortcoming.reason().name())
        .texts("regions", shortcoming.regions().stream().map(Region::value).toList())
        .flag("everywhere", shortcoming.everywhere())
        .number("probes", shortcoming.probes())
        .number("looking", shortcoming.looking());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
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
    if (facts.issuer().isPresent()) {
      json.text("issuer", facts.issuer());
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
    if (!facts.canonicalNames().isEmpty()) {
      json.texts("canonicalNames", facts.canonicalNames());
    }
    if (facts.signatureExpiry().isPresent()) {
      json.instant("signatureExpiry", facts.signatureExpiry());
    }
    if (facts.registration().isPresent()) {
      Facts.RegistrationSeen seen = facts.registration().get();
      json.object(
          "registration",
          fields ->
              fields
                  .text("domain", seen.domain())
                  .text("registry", seen.registry())
                  .text("registrar", seen.registrar())
                  .text("contact", seen.contact())
                  .instant("expiry", seen.expiry())
                  .instant("asOf", seen.asOf()));
    }
    if (!facts.routes().isEmpty()) {
      json.items("routes", facts.routes(), CoreJson::route);
    }
    if (facts.chain().isPresent()) {
      json.object("chain", fields -> SeenFields.write(fields, facts.chain().get()));
    }
    if (facts.walk().isPresent()) {
      json.object("walk", fields -> SeenFields.write(fields, facts.walk().get()));
    }
    if (facts.parts().isPresent()) {
      json.object("parts", fields -> SeenFields.write(fields, facts.parts().get()));
    }
    if (facts.reach().isPresent()) {
      json.object("reach", fields -> SeenFields.write(fields, facts.reach().get()));
    }
  }

  /** The fields of a route that a target stands on. */
  public static void route(Json json, Facts.RouteSeen route) throws IOException {
    json.text("prefix", route.prefix())
        .text("role", route.role().name())
        .texts("origins", route.origins().stream().map(asn -> "AS" + asn).toList())
        .texts("addresses", route.addresses());
    if (route.sight().isEmpty()) {
      json.nothing("sight");
      return;
    }
    Facts.RouteSight sight = route.sight().get();
    json.object(
        "sight",
        fields ->
            fields
                .text("reach", sight.reach())
                .number("visibility", rounded(sight.visibility()))
                .number("seeing", sight.seeing())
                .number("known", sight.known())
                .text("origin", sight.origin().map(asn -> "AS" + asn))
                .text("coveredBy", sight.coveredBy())
                .instant("since", sight.since())
                .instant("firstLoss", sight.firstLoss()));
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
