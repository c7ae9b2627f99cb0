package parallax.coordinator.store.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.config.observation.seen.PartsSeen.Spent;

/** The requests of which a look was made. Times are microseconds; what is zero is left out. */
final class PartsJson {
  private PartsJson() {}

  static void write(JsonGenerator json, PartsSeen seen) throws IOException {
    json.writeObjectFieldStart("parts");
    json.writeNumberField("more", seen.more());
    json.writeArrayFieldStart("items");
    for (Part part : seen.parts()) {
      json.writeStartObject();
      json.writeStringField("name", part.name());
      if (part.status().isPresent()) {
        json.writeNumberField("status", part.status().get());
      }
      time(json, "start", part.start());
      time(json, "resolve", part.spent().resolve());
      time(json, "connect", part.spent().connect());
      time(json, "tls", part.spent().tls());
      time(json, "first", part.spent().firstByte());
      time(json, "transfer", part.spent().transfer());
      if (part.bytes().isPresent()) {
        json.writeNumberField("bytes", part.bytes().get());
      }
      if (part.fault().isPresent()) {
        json.writeStringField("fault", part.fault().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String field, Duration time) throws IOException {
    if (!time.isZero()) {
      json.writeNumberField(field, Micros.of(time));
    }
  }

  /** Reads one object; the parser stands at its start and ends at its end. */
  static PartsSeen read(JsonParser json) throws IOException {
    List<Part> parts = new ArrayList<>();
    int more = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("items") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          parts.add(part(json));
        }
      } else if (field.equals("more") && value == JsonToken.VALUE_NUMBER_INT) {
        more = json.getIntValue();
      } else {
        json.skipChildren();
      }
    }
    return new PartsSeen(parts, more);
  }

  private static Part part(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> texts.put(field, json.getText());
        case VALUE_NUMBER_INT -> numbers.put(field, json.getLongValue());
        default -> json.skipChildren();
      }
    }
    return new Part(
        texts.getOrDefault("name", ""),
        Optional.ofNullable(numbers.get("status")).map(Long::intValue),
        time(numbers, "start"),
        new Spent(
            time(numbers, "resolve"),
            time(numbers, "connect"),
            time(numbers, "tls"),
            time(numbers, "first"),
            time(numbers, "transfer")),
        Optional.ofNullable(numbers.get("bytes")),
        Optional.ofNullable(texts.get("fault")));
  }

  private static Duration time(Map<String, Long> numbers, String field) {
    return Micros.duration(numbers.getOrDefault(field, 0L));
  }
}
