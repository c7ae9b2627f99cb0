package parallax.probe.blackbox.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import parallax.config.observation.Printable;
import parallax.config.problem.Place;

/** A value of a file of YAML, with aliases and merge keys replaced by what they stand for. */
public sealed interface Node {
  /** How much of a wrong value is shown. */
  int MAX_SHOWN = 60;

  Place place();

  /**
   * A single value.
   *
   * @param plain written without quotes
   * @param binary whether each character of {@code text} is a byte
   */
  record Leaf(Place place, String text, boolean plain, boolean binary) implements Node {
    public boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    /** Each byte as a character. */
    String octets() {
      return binary
          ? text
          : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
  }

  record Items(Place place, List<Node> nodes) implements Node {
    public Items {
      nodes = List.copyOf(nodes);
    }
  }

  /** Keys are unique. */
  record Fields(Place place, List<Field> fields) implements Node {
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /** A key, where it stands, and its value. */
  record Field(Place place, String key, Node value) {}

  /** What it is, in words, with a bounded part of its text. */
  static String found(Node node) {
    return switch (node) {
      case Fields _ -> "a mapping";
      case Items _ -> "a list";
      case Leaf leaf when leaf.isNothing() -> "nothing";
      case Leaf leaf ->
          leaf.plain() && leaf.text().matches("[+-]?[0-9.]+|true|false")
              ? Printable.bounded(leaf.text(), MAX_SHOWN)
              : "\"" + Printable.bounded(leaf.text(), MAX_SHOWN) + "\"";
    };
  }

  /** What it is, without its text: for values that may be secrets. */
  static String kind(Node node) {
    return node instanceof Leaf leaf && !leaf.isNothing() ? "text" : found(node);
  }
}
