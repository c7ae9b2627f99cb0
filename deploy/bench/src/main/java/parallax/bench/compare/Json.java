package parallax.bench.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JSON object under construction; its fields stand in the order in which they were put. */
final class Json {
  private final Map<String, String> fields = new LinkedHashMap<>();

  /** Numbers, booleans, other objects; texts of our own, which need no escapes; null when empty. */
  Json with(String name, Object value) {
    fields.put(name, text(value));
    return this;
  }

  private static String text(Object value) {
    return switch (value) {
      case Number _, Boolean _, Json _ -> value.toString();
      case Optional<?> optional -> optional.map(Json::text).orElse("null");
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  @Override
  public String toString() {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
