package parallax.deploy.carry.theirs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.observation.Printable;
import parallax.config.problem.Place;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Sheet;
import parallax.probe.blackbox.read.Node;

/** A mapping of theirs, and which of its keys have been looked at. Not thread-safe. */
public final class Table {
  private static final int MAX_SHOWN = 60;

  private final Place place;
  private final List<Node.Field> fields;
  private final Set<String> taken = new HashSet<>();

  private Table(Place place, List<Node.Field> fields) {
    this.place = place;
    this.fields = fields;
  }

  /** The mapping; one without keys when it is none. */
  public static Table of(Node node) {
    return new Table(
        node.place(), node instanceof Node.Fields mapping ? mapping.fields() : List.of());
  }

  public Place place() {
    return place;
  }

  /** All keys, in their order; they count as looked at. */
  public List<Node.Field> all() {
    fields.forEach(field -> taken.add(field.key()));
    return fields;
  }

  /** The value of a key that says something. */
  public Optional<Node> take(String key) {
    taken.add(key);
    return peek(key);
  }

  private Optional<Node> peek(String key) {
    return fields.stream()
        .filter(field -> field.key().equals(key))
        .map(Node.Field::value)
        .filter(value -> !(value instanceof Node.Leaf leaf && leaf.isNothing()))
        .findFirst();
  }

  /** Where the value of a key stands, or the mapping. */
  public Place placeOf(String key) {
    return peek(key).map(Node::place).orElse(place);
  }

  /** Text that is not empty; what is no single value is left for {@link #rest}. */
  public Optional<String> text(String key) {
    Optional<String> text =
        peek(key)
            .filter(Node.Leaf.class::isInstance)
            .map(value -> ((Node.Leaf) value).text())
            .filter(value -> !value.isEmpty());
    if (text.isPresent()) {
      taken.add(key);
    }
    return text;
  }

  /** Whether a key is true, as YAML and as numbers write it. */
  public boolean isTrue(String key) {
    return text(key).filter(word -> word.matches("(?i)true|yes|on|1")).isPresent();
  }

  /** Whether a key is there and false. */
  public boolean isFalse(String key) {
    return text(key).filter(word -> word.matches("(?i)false|no|off|0")).isPresent();
  }

  /** A whole number. */
  public Optional<Long> number(String key) {
    return text(key).filter(word -> word.matches("[0-9]{1,15}")).map(Long::valueOf);
  }

  /** A mapping. */
  public Optional<Table> table(String key) {
    return peek(key)
        .filter(Node.Fields.class::isInstance)
        .map(
            value -> {
              taken.add(key);
              return Table.of(value);
            });
  }

  /** The items of a list, or the one value that stands in its place. */
  public List<Node> nodes(String key) {
    return take(key)
        .map(value -> value instanceof Node.Items items ? items.nodes() : List.of(value))
        .orElse(List.of());
  }

  /** Single values of a list, or the one that stands in its place. */
  public List<Node.Leaf> leaves(String key) {
    List<Node.Leaf> leaves = new ArrayList<>();
    for (Node node : nodes(key)) {
      if (node instanceof Node.Leaf leaf) {
        leaves.add(leaf);
      }
    }
    return leaves;
  }

  /** Keys that need no counterpart. */
  public void ignore(String... keys) {
    taken.addAll(List.of(keys));
  }

  /** Notes everything that says something and was not looked at. */
  public void rest(Draft draft, Sheet item, String prefix) {
    for (Node.Field field : fields) {
      if (!taken.contains(field.key()) && says(field.value())) {
        draft.leftOut(
            item, field.place(), "'" + prefix + shown(field.key()) + "' has no counterpart");
      }
    }
  }

  /** The same for what belongs to the file as a whole. */
  public void rest(Draft draft, String prefix) {
    for (Node.Field field : fields) {
      if (!taken.contains(field.key()) && says(field.value())) {
        draft.leftOut(field.place(), "'" + prefix + shown(field.key()) + "' has no counterpart");
      }
    }
  }

  /** A bounded part of what somebody else wrote. */
  public static String shown(String text) {
    return Printable.bounded(text, MAX_SHOWN);
  }

  private static boolean says(Node node) {
    return switch (node) {
      case Node.Leaf leaf -> !leaf.isNothing() && !leaf.text().matches("|false|0");
      case Node.Items items -> !items.nodes().isEmpty();
      case Node.Fields fields -> !fields.fields().isEmpty();
    };
  }
}
