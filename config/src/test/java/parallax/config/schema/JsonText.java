package parallax.config.schema;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import parallax.config.yaml.Yaml;

/** Writes JSON: values of Java, and documents of YAML as an editor sees them. */
final class JsonText {
  private JsonText() {}

  /** Maps, lists, strings, numbers and booleans, indented by two. */
  static String pretty(Object value, String indent) {
    String deeper = indent + "  ";
    return switch (value) {
      case Map<?, ?> map when map.isEmpty() -> "{}";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(
                  entry ->
                      deeper
                          + quoted(String.valueOf(entry.getKey()))
                          + ": "
                          + pretty(entry.getValue(), deeper))
              .collect(joining(",\n", "{\n", "\n" + indent + "}"));
      case List<?> list when list.stream().noneMatch(item -> item instanceof Map) ->
          list.stream().map(item -> pretty(item, deeper)).collect(joining(", ", "[", "]"));
      case List<?> list ->
          list.stream()
              .map(item -> deeper + pretty(item, deeper))
              .collect(joining(",\n", "[\n", "\n" + indent + "]"));
      case String text -> quoted(text);
      default -> String.valueOf(value);
    };
  }

  /** A document of YAML. */
  static String of(Yaml node) {
    return switch (node) {
      case Yaml.Mapping mapping ->
          mapping.entries().stream()
              .map(entry -> quoted(entry.key()) + ":" + of(entry.value()))
              .collect(joining(",", "{", "}"));
      case Yaml.Sequence list ->
          list.items().stream().map(JsonText::of).collect(joining(",", "[", "]"));
      case Yaml.Scalar scalar -> scalar(scalar);
    };
  }

  private static String scalar(Yaml.Scalar scalar) {
    String text = scalar.text();
    return switch (scalar.type()) {
      case TEXT -> quoted(text);
      case BOOLEAN -> String.valueOf(Boolean.parseBoolean(text));
      case NOTHING -> "null";
      case WHOLE_NUMBER ->
          text.startsWith("0x")
              ? new BigInteger(text.substring(2), 16).toString()
              : text.startsWith("0o")
                  ? new BigInteger(text.substring(2), 8).toString()
                  : new BigInteger(text).toString();
      // JSON has no infinity; any number stands for it.
      case NUMBER ->
          text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]{1,3})?")
              ? new BigDecimal(text).toString()
              : "0.5";
    };
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (character < ' ' || (character >= 0x7f && character < 0xa0)) {
            out.append(String.format("\\u%04x", (int) character));
          } else {
            out.append(character);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
