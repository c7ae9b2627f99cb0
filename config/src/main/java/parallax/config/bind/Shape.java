package parallax.config.bind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Printable;
import parallax.config.text.Nearest;
import parallax.config.yaml.Yaml;

/**
 * The keys of a mapping.
 *
 * @param name unique among shapes; part of the names in {@link Reading#planned}
 * @param exactlyOne keys of which one, and only one, must stand; empty when there is no such rule
 */
public record Shape(
    String name, String description, List<Field<?>> fields, List<String> exactlyOne) {
  private static final int MAX_SHOWN = 60;

  public Shape {
    fields = List.copyOf(fields);
    exactlyOne = List.copyOf(exactlyOne);
  }

  public static Shape of(String name, String description, Field<?>... fields) {
    return new Shape(name, description, List.of(fields), List.of());
  }

  public Shape withExactlyOneOf(String... keys) {
    return new Shape(name, description, fields, List.of(keys));
  }

  public List<String> keys() {
    return fields.stream().<String>map(Field::key).toList();
  }

  /** Reads all keys of {@code node}; empty when it is no mapping. */
  public Optional<Values> read(Yaml node, Reading reading) {
    if (!(node instanceof Yaml.Mapping mapping)) {
      return reading.refuse(
          node.place(),
          "must be a mapping with the keys " + words() + "; found " + Reading.foundKind(node));
    }
    Map<String, Located<Optional<?>>> read = new LinkedHashMap<>();
    for (Yaml.Entry entry : mapping.entries()) {
      Optional<Field<?>> field = field(entry.key());
      if (field.isEmpty()) {
        unknown(entry, reading);
      } else {
        Optional<?> value = field.get().kind().read(entry.value(), reading.of(entry.key()));
        read.put(entry.key(), new Located<>(entry.place(), value));
        refusePlanned(entry, reading);
      }
    }
    Values values = new Values(mapping, read);
    requireKeys(values, reading);
    return Optional.of(values);
  }

  private Optional<Field<?>> field(String key) {
    for (Field<?> field : fields) {
      if (field.key().equals(key)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  private void unknown(Yaml.Entry entry, Reading reading) {
    String written = Printable.bounded(entry.key(), MAX_SHOWN);
    String hint =
        Nearest.of(entry.key(), keys())
            .map(nearest -> "did you mean '" + nearest + "'?")
            .orElse("allowed are " + words());
    reading.problems().error(entry.place(), "unknown key '" + written + "', " + hint);
  }

  private void refusePlanned(Yaml.Entry entry, Reading reading) {
    if (reading.planned().contains(name + "." + entry.key())) {
      reading
          .problems()
          .error(entry.place(), "'" + entry.key() + "' is not supported yet; leave it out");
    }
  }

  private void requireKeys(Values values, Reading reading) {
    for (Field<?> field : fields) {
      if (field.required() && !values.has(field.key())) {
        reading
            .problems()
            .error(
                values.node().place(),
                "'" + reading.subject() + "' needs the key '" + field.key() + "'");
      }
    }
    List<String> given = exactlyOne.stream().filter(values::has).toList();
    if (!exactlyOne.isEmpty() && given.isEmpty()) {
      reading
          .problems()
          .error(
              values.node().place(),
              "'" + reading.subject() + "' needs one of the keys " + String.join(", ", exactlyOne));
    }
    if (given.size() > 1) {
      reading
          .problems()
          .error(
              values.placeOf(given.getLast()),
              "'" + given.getLast() + "' can't stand beside '" + given.getFirst() + "'; keep one");
    }
  }

  private String words() {
    return String.join(", ", keys());
  }
}
