package parallax.coordinator.store.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RegistrationSeen;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;

/**
 * Timings and facts as compact JSON, with what is absent left out. Members that a later version
 * wrote and this one does not know are passed over.
 */
public final class EvidenceJson {
  private EvidenceJson() {}

  /** Writes one object. */
  public static void write(JsonGenerator json, Timings timings, Facts facts) throws IOException {
    json.writeStartObject();
    for (Map.Entry<Phase, Duration> phase : timings.phases().entrySet()) {
      json.writeNumberField(phase.getKey().label(), Micros.of(phase.getValue()));
    }
    if (facts.address().isPresent()) {
      json.writeStringField("address", facts.address().get());
    }
    if (facts.httpStatus().isPresent()) {
      json.writeNumberField("status", facts.httpStatus().get());
    }
    if (facts.httpVersion().isPresent()) {
      json.writeStringField("http", facts.httpVersion().get());
    }
    if (facts.tlsVersion().isPresent()) {
      json.writeStringField("tlsVersion", facts.tlsVersion().get());
    }
    if (facts.certificateExpiry().isPresent()) {
      json.writeNumberField("expiry", facts.certificateExpiry().get().getEpochSecond());
    }
    if (facts.issuer().isPresent()) {
      json.writeStringField("issuer", facts.issuer().get());
    }
    if (facts.redirects() > 0) {
      json.writeNumberField("redirects", facts.redirects());
    }
    if (facts.bodyBytes().isPresent()) {
      json.writeNumberField("bytes", facts.bodyBytes().get());
    }
    write(json, "answers", facts.answers());
    write(json, "canonicalNames", facts.canonicalNames());
    if (facts.signatureExpiry().isPresent()) {
      json.writeNumberField("signatureExpiry", facts.signatureExpiry().get().getEpochSecond());
    }
    if (facts.registration().isPresent()) {
      write(json, facts.registration().get());
    }
    if (!facts.routes().isEmpty()) {
      RoutesJson.write(json, facts.routes());
    }
    if (facts.chain().isPresent()) {
      json.writeFieldName("chain");
      SeenJson.write(json, facts.chain().get());
    }
    if (facts.walk().isPresent()) {
      json.writeFieldName("walk");
      SeenJson.write(json, facts.walk().get());
    }
    if (facts.parts().isPresent()) {
      PartsJson.write(json, facts.parts().get());
    }
    if (facts.reach().isPresent()) {
      json.writeFieldName("reach");
      ReachJson.write(json, facts.reach().get());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RegistrationSeen seen) throws IOException {
    json.writeObjectFieldStart("registration");
    json.writeStringField("domain", seen.domain());
    json.writeStringField("registry", seen.registry());
    if (seen.registrar().isPresent()) {
      json.writeStringField("registrar", seen.registrar().get());
    }
    if (seen.contact().isPresent()) {
      json.writeStringField("contact", seen.contact().get());
    }
    if (seen.expiry().isPresent()) {
      json.writeNumberField("expiry", seen.expiry().get().getEpochSecond());
    }
    json.writeNumberField("asOf", seen.asOf().getEpochSecond());
    json.writeEndObject();
  }

  private static RegistrationSeen registration(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Instant> instants = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> texts.put(field, json.getText());
        case VALUE_NUMBER_INT -> instants.put(field, Instant.ofEpochSecond(json.getLongValue()));
        default -> json.skipChildren();
      }
    }
    return new RegistrationSeen(
        texts.getOrDefault("domain", ""),
        texts.getOrDefault("registry", ""),
        Optional.ofNullable(texts.get("registrar")),
        Optional.ofNullable(texts.get("contact")),
        Optional.ofNullable(instants.get("expiry")),
        instants.getOrDefault("asOf", Instant.EPOCH));
  }

  private static void write(JsonGenerator json, String field, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(field);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  /** What was read. */
  public record Extra(Timings timings, Facts facts) {
    public static final Extra NONE = new Extra(Timings.NONE, Facts.NONE);
  }

  /** Reads one object; the parser stands at its start and ends at its end. */
  public static Extra read(JsonParser json) throws IOException {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    Facts facts = Facts.NONE;
    Optional<Instant> expiry = Optional.empty();
    Optional<String> tls = Optional.empty();
    Optional<Integer> status = Optional.empty();
    String version = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "address" -> facts = facts.withAddress(json.getText());
        case "status" -> status = Optional.of(json.getIntValue());
        case "http" -> version = json.getText();
        case "tlsVersion" -> tls = Optional.of(json.getText());
        case "expiry" -> expiry = Optional.of(Instant.ofEpochSecond(json.getLongValue()));
        case "issuer" -> facts = facts.withIssuer(json.getText());
        case "redirects" -> facts = facts.withRedirects(json.getIntValue());
        case "bytes" -> facts = facts.withBodyBytes(json.getLongValue());
        case "answers" -> facts = facts.withAnswers(strings(json));
        case "canonicalNames" -> facts = facts.withCanonicalNames(strings(json));
        case "signatureExpiry" ->
            facts = facts.withSignatureExpiry(Instant.ofEpochSecond(json.getLongValue()));
        case "registration" -> facts = facts.withRegistration(registration(json));
        case "routes" -> facts = facts.withRoutes(RoutesJson.read(json));
        case "chain" -> facts = facts.withChain(SeenJson.chain(json));
        case "walk" -> facts = facts.withWalk(SeenJson.walk(json));
        case "parts" -> facts = facts.withParts(PartsJson.read(json));
        case "reach" -> facts = facts.withReach(ReachJson.read(json));
        default -> {
          Optional<Phase> phase = phase(field);
          if (phase.isPresent() && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            phases.put(phase.get(), Micros.duration(json.getLongValue()));
          }
          json.skipChildren();
        }
      }
    }
    if (tls.isPresent()) {
      facts = facts.withTls(tls.get(), expiry);
    }
    if (status.isPresent()) {
      facts = facts.withHttp(status.get(), version);
    }
    return new Extra(phases.isEmpty() ? Timings.NONE : new Timings(phases), facts);
  }

  private static Optional<Phase> phase(String label) {
    for (Phase phase : Phase.values()) {
      if (phase.label().equals(label)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }

  static List<String> strings(JsonParser json) throws IOException {
    List<String> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      values.add(json.getText());
    }
    return values;
  }
}
