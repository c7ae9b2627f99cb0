package parallax.coordinator.store.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.seen.TraceSeen;

/**
 * The way to an address as a document: {@code {"to": "192.0.2.1", "end": "SILENT", "by": ["…", ""],
 * "after": [400000, 0]}}, times in nanoseconds, the empty text and zero of a silent hop.
 */
final class TraceJson {
  private TraceJson() {}

  static void write(JsonGenerator json, TraceSeen trace) throws IOException {
    json.writeStartObject();
    json.writeStringField("to", trace.to());
    json.writeStringField("end", trace.end().name());
    json.writeArrayFieldStart("by");
    for (TraceSeen.Hop hop : trace.hops()) {
      json.writeString(hop.by().orElse(""));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("after");
    for (TraceSeen.Hop hop : trace.hops()) {
      json.writeNumber(hop.after().map(Duration::toNanos).orElse(0L));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Reads an object; the parser stands at its start and ends at its end. */
  static Optional<TraceSeen> read(JsonParser json) throws IOException {
    String to = "";
    String end = "";
    List<String> by = List.of();
    List<Long> after = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "to" -> to = json.getText();
        case "end" -> end = json.getText();
        case "by" -> by = texts(json);
        case "after" -> after = numbers(json);
        default -> json.skipChildren();
      }
    }
    List<TraceSeen.Hop> hops = new ArrayList<>();
    for (int at = 0; at < Math.min(by.size(), after.size()); at++) {
      hops.add(
          by.get(at).isEmpty()
              ? TraceSeen.Hop.SILENT
              : new TraceSeen.Hop(
                  Optional.of(by.get(at)), Optional.of(Duration.ofNanos(after.get(at)))));
    }
    String word = end;
    String address = to;
    return Arrays.stream(TraceSeen.End.values())
        .filter(known -> known.name().equals(word))
        .findFirst()
        .map(known -> new TraceSeen(address, hops, known));
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }

  private static List<Long> numbers(JsonParser json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      numbers.add(json.getLongValue());
    }
    return numbers;
  }
}
