package parallax.coordinator.store.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;

/** An incident with its evidence as one JSON document. */
final class IncidentJson {
  private final JsonFactory factory = new JsonFactory();

  String write(Incident incident) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", incident.id().value());
      json.writeArrayFieldStart("targets");
      for (TargetName target : incident.targets()) {
        json.writeString(target.value());
      }
      json.writeEndArray();
      json.writeStringField("scope", incident.scope().name());
      json.writeStringField("layer", incident.cause().layer().name());
      json.writeStringField("culprit", incident.cause().culprit());
      finding(json, incident.cause().finding());
      json.writeNumberField("onset", Micros.of(incident.onset()));
      json.writeNumberField("opened", Micros.of(incident.opened()));
      if (incident.resolved().isPresent()) {
        json.writeNumberField("resolved", Micros.of(incident.resolved().get()));
      }
      json.writeArrayFieldStart("evidence");
      for (Evidence evidence : incident.evidence()) {
        write(json, evidence);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStringField("reason", finding.reason().name());
    json.writeStringField("detail", finding.detail());
  }

  private static void write(JsonGenerator json, Evidence evidence) throws IOException {
    Observation seen = evidence.observation();
    json.writeStartObject();
    json.writeStringField("probe", seen.vantage().probe().value());
    json.writeNumberField("boot", seen.id().boot());
    json.writeNumberField("sequence", seen.id().sequence());
    json.writeStringField("region", seen.vantage().region().value());
    if (seen.vantage().asn().isPresent()) {
      json.writeNumberField("asn", seen.vantage().asn().get());
    }
    json.writeStringField("target", seen.target().value());
    json.writeStringField("check", seen.check().name());
    json.writeStringField("layer", seen.layer().name());
    json.writeNumberField("scheduled", Micros.of(seen.scheduled()));
    json.writeNumberField("started", Micros.of(seen.started()));
    json.writeNumberField("duration", Micros.of(seen.duration()));
    json.writeNumberField("received", Micros.of(evidence.received()));
    json.writeStringField("outcome", seen.outcome().label());
    if (seen.outcome().why().isPresent()) {
      finding(json, seen.outcome().why().get());
    }
    json.writeFieldName("extra");
    EvidenceJson.write(json, seen.timings(), seen.facts());
    json.writeEndObject();
  }

  /** The incident, unless a later version wrote it with words that this one does not know. */
  Optional<Incident> read(String document) {
    try (JsonParser json = factory.createParser(document)) {
      json.nextToken();
      return incident(members(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Incident> incident(Members members) {
    Optional<Scope> scope = Words.read(Scope.class, members.text("scope"));
    Optional<Cause> cause = cause(members);
    if (scope.isEmpty() || cause.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Incident(
            new IncidentId(members.text("id")),
            members.texts().stream().map(TargetName::new).toList(),
            scope.get(),
            cause.get(),
            Micros.instant(members.number("onset")),
            Micros.instant(members.number("opened")),
            members.has("resolved")
                ? Optional.of(Micros.instant(members.number("resolved")))
                : Optional.empty(),
            members.objects().stream().flatMap(each -> evidence(each).stream()).toList()));
  }

  private static Optional<Cause> cause(Members members) {
    return Words.read(Layer.class, members.text("layer"))
        .flatMap(
            layer ->
                finding(members)
                    .map(finding -> new Cause(layer, finding, members.text("culprit"))));
  }

  private static Optional<Finding> finding(Members members) {
    return Words.read(Reason.class, members.text("reason"))
        .map(reason -> new Finding(reason, members.text("detail")));
  }

  private static Optional<Evidence> evidence(Members members) {
    Optional<CheckKind> check = Words.read(CheckKind.class, members.text("check"));
    Optional<Layer> layer = Words.read(Layer.class, members.text("layer"));
    Optional<Outcome> outcome = outcome(members.text("outcome"), finding(members));
    if (check.isEmpty() || layer.isEmpty() || outcome.isEmpty()) {
      return Optional.empty();
    }
    ProbeName probe = new ProbeName(members.text("probe"));
    Observation observation =
        new Observation(
            new ObservationId(probe, members.number("boot"), members.number("sequence")),
            new Vantage(
                probe,
                new Region(members.text("region")),
                members.has("asn") ? Optional.of(members.number("asn")) : Optional.empty()),
            new TargetName(members.text("target")),
            check.get(),
            layer.get(),
            Micros.instant(members.number("scheduled")),
            Micros.instant(members.number("started")),
            Micros.duration(members.number("duration")),
            outcome.get(),
            members.extra().timings(),
            members.extra().facts());
    return Optional.of(new Evidence(observation, Micros.instant(members.number("received"))));
  }

  /** The outcome with this label; empty when a later version wrote it. */
  static Optional<Outcome> outcome(String label, Optional<Finding> finding) {
    return switch (label) {
      case "up" -> Optional.of(Outcome.up());
      case "degraded" -> finding.map(Outcome.Degraded::new);
      case "down" -> finding.map(Outcome.Down::new);
      case "inconclusive" -> finding.map(Outcome.Inconclusive::new);
      default -> Optional.empty();
    };
  }

  /** The members of one object, with one array of strings or of objects at most. */
  private record Members(
      Map<String, String> scalars,
      List<String> texts,
      List<Members> objects,
      EvidenceJson.Extra extra) {
    boolean has(String name) {
      return scalars.containsKey(name);
    }

    String text(String name) {
      return scalars.getOrDefault(name, "");
    }

    long number(String name) {
      return Long.parseLong(scalars.getOrDefault(name, "0"));
    }
  }

  private static Members members(JsonParser json) throws IOException {
    Map<String, String> scalars = new HashMap<>();
    List<String> texts = new ArrayList<>();
    List<Members> objects = new ArrayList<>();
    EvidenceJson.Extra extra = EvidenceJson.Extra.NONE;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "targets" -> texts.addAll(EvidenceJson.strings(json));
        case "extra" -> extra = EvidenceJson.read(json);
        case "evidence" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            objects.add(members(json));
          }
        }
        default -> {
          if (json.currentToken().isScalarValue()) {
            scalars.put(name, json.getText());
          }
          json.skipChildren();
        }
      }
    }
    return new Members(scalars, texts, objects, extra);
  }
}
