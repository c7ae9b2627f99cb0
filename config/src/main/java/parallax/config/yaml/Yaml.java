package parallax.config.yaml;

import java.util.List;
import java.util.Optional;
import parallax.config.problem.Place;

/** A node of a YAML document and where it starts. */
public sealed interface Yaml {
  Place place();

  /**
   * A single value.
   *
   * @param text without quotes and escapes
   */
  record Scalar(Place place, Type type, String text) implements Yaml {}

  record Sequence(Place place, List<Yaml> items) implements Yaml {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys are unique. */
  record Mapping(Place place, List<Entry> entries) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  /**
   * A key and its value.
   *
   * @param place of the key
   */
  record Entry(Place place, String key, Yaml value) {}

  /** What a scalar is by the core schema of YAML 1.2 (section 10.3.2). */
  enum Type {
    TEXT,
    WHOLE_NUMBER,
    NUMBER,
    BOOLEAN,
    NOTHING
  }
}
