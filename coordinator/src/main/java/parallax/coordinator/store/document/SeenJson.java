package parallax.coordinator.store.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.WalkSeen;

/**
 * Certificates and ways from the root as compact JSON. Members that this version does not know are
 * passed over, those that are missing are empty.
 */
final class SeenJson {
  private SeenJson() {}

  /** Writes the value of a field. */
  static void write(JsonGenerator json, ChainSeen chain) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("certificates");
    for (ChainSeen.Certificate each : chain.certificates()) {
      json.writeStartObject();
      json.writeStringField("subject", each.subject());
      json.writeStringField("issuer", each.issuer());
      json.writeArrayFieldStart("names");
      for (String name : each.names()) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeNumberField("moreNames", each.moreNames());
      json.writeNumberField("notBefore", each.notBefore().getEpochSecond());
      json.writeNumberField("notAfter", each.notAfter().getEpochSecond());
      json.writeStringField("key", each.key());
      json.writeStringField("signature", each.signature());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("more", chain.more());
    fault(json, chain.fault());
    json.writeEndObject();
  }

  /** Writes the value of a field. */
  static void write(JsonGenerator json, WalkSeen walk) throws IOException {
    json.writeStartObject();
    json.writeStringField("zone", walk.zone());
    json.writeArrayFieldStart("steps");
    for (WalkSeen.Step step : walk.steps()) {
      json.writeStartObject();
      json.writeStringField("zone", step.zone());
      json.writeArrayFieldStart("servers");
      for (WalkSeen.Server server : step.servers()) {
        json.writeStartObject();
        json.writeStringField("name", server.name());
        json.writeStringField("address", server.address());
        json.writeStringField("answer", server.answer().name());
        json.writeStringField("said", server.said());
        json.writeNumberField("took", Micros.of(server.took()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("more", step.more());
      json.writeEndObject();
    }
    json.writeEndArray();
    fault(json, walk.fault());
    json.writeNumberField("queries", walk.queries());
    json.writeEndObject();
  }

  private static void fault(JsonGenerator json, Optional<String> words) throws IOException {
    if (words.isPresent()) {
      json.writeStringField("fault", words.get());
    }
  }

  /** Reads the value of a field; the parser stands at its start and ends at its end. */
  static ChainSeen chain(JsonParser json) throws IOException {
    Node chain = Node.read(json);
    return new ChainSeen(
        chain.nodes("certificates").stream().map(SeenJson::certificate).toList(),
        (int) chain.number("more"),
        chain.maybe("fault"));
  }

  private static ChainSeen.Certificate certificate(Node node) {
    return new ChainSeen.Certificate(
        node.text("subject"),
        node.text("issuer"),
        node.texts("names"),
        (int) node.number("moreNames"),
        Instant.ofEpochSecond(node.number("notBefore")),
        Instant.ofEpochSecond(node.number("notAfter")),
        node.text("key"),
        node.text("signature"));
  }

  /** Reads the value of a field; the parser stands at its start and ends at its end. */
  static WalkSeen walk(JsonParser json) throws IOException {
    Node walk = Node.read(json);
    return new WalkSeen(
        walk.text("zone"),
        walk.nodes("steps").stream().map(SeenJson::step).toList(),
        walk.maybe("fault"),
        (int) walk.number("queries"));
  }

  private static WalkSeen.Step step(Node node) {
    List<WalkSeen.Server> servers = new ArrayList<>();
    for (Node each : node.nodes("servers")) {
      Words.read(WalkSeen.Answer.class, each.text("answer"))
          .ifPresent(
              answer ->
                  servers.add(
                      new WalkSeen.Server(
                          each.text("name"),
                          each.text("address"),
                          answer,
                          each.text("said"),
                          Micros.duration(each.number("took")))));
    }
    return new WalkSeen.Step(node.text("zone"), servers, (int) node.number("more"));
  }

  /** An object of a document, as far as it is known how to read it. */
  private record Node(
      Map<String, String> texts,
      Map<String, Long> numbers,
      Map<String, List<Node>> objects,
      Map<String, List<String>> lists) {

    static Node read(JsonParser json) throws IOException {
      Node node = new Node(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        switch (json.nextToken()) {
          case VALUE_STRING -> node.texts.put(field, json.getText());
          case VALUE_NUMBER_INT -> node.numbers.put(field, json.getLongValue());
          case START_ARRAY -> node.items(field, json);
          default -> json.skipChildren();
        }
      }
      return node;
    }

    private void items(String field, JsonParser json) throws IOException {
      List<Node> nodes = new ArrayList<>();
      List<String> strings = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
        switch (json.currentToken()) {
          case START_OBJECT -> nodes.add(read(json));
          case VALUE_STRING -> strings.add(json.getText());
          default -> json.skipChildren();
        }
      }
      objects.put(field, nodes);
      lists.put(field, strings);
    }

    String text(String field) {
      return texts.getOrDefault(field, "");
    }

    Optional<String> maybe(String field) {
      return Optional.ofNullable(texts.get(field));
    }

    long number(String field) {
      return numbers.getOrDefault(field, 0L);
    }

    List<Node> nodes(String field) {
      return objects.getOrDefault(field, List.of());
    }

    List<String> texts(String field) {
      return lists.getOrDefault(field, List.of());
    }
  }
}
