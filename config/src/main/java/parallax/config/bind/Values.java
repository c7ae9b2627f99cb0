package parallax.config.bind;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.config.yaml.Yaml;

/** What stood in a mapping, by key: read, or wrong and already noted. */
public final class Values {
  private final Yaml.Mapping node;
  private final Map<String, Located<Optional<?>>> read;

  Values(Yaml.Mapping node, Map<String, Located<Optional<?>>> read) {
    this.node = node;
    this.read = new LinkedHashMap<>(read);
  }

  public Yaml.Mapping node() {
    return node;
  }

  /** Whether the key stands there, right or wrong. */
  public boolean has(String key) {
    return read.containsKey(key);
  }

  /** Whether the key stands there and its value could not be read. */
  public boolean isWrong(Field<?> field) {
    Located<Optional<?>> found = read.get(field.key());
    return found != null && found.value().isEmpty();
  }

  /** The value of a field; empty when it is left out or wrong. */
  @SuppressWarnings("unchecked") // Shape.read put it there with the same field's kind
  public <T> Optional<T> get(Field<T> field) {
    Located<Optional<?>> found = read.get(field.key());
    return found == null ? Optional.empty() : (Optional<T>) found.value();
  }

  /** Where the key stands, or where the mapping starts when it does not. */
  public Place placeOf(String key) {
    Located<Optional<?>> found = read.get(key);
    return found == null ? node.place() : found.place();
  }
}
