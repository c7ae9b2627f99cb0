package parallax.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays what a target says over what the defaults say. */
public final class YamlMerge {
  /** Mappings of which only one of several keys may stand: taken as a whole. */
  private static final List<String> WHOLE = List.of("auth", "proxy");

  private YamlMerge() {}

  /**
   * {@code over} with what only {@code under} has. Mappings are merged key by key, at every depth;
   * anything else is replaced. Every value keeps its place.
   */
  public static Optional<Yaml> merge(Optional<Yaml> under, Optional<Yaml> over) {
    if (under.isEmpty() || over.isEmpty()) {
      return over.or(() -> under);
    }
    return Optional.of(merge(under.get(), over.get()));
  }

  /** Recurses no deeper than {@link YamlParser#MAX_DEPTH}. */
  private static Yaml merge(Yaml under, Yaml over) {
    if (!(under instanceof Yaml.Mapping low) || !(over instanceof Yaml.Mapping high)) {
      return over;
    }
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    low.entries().forEach(entry -> entries.put(entry.key(), entry));
    for (Yaml.Entry entry : high.entries()) {
      Yaml.Entry below = entries.get(entry.key());
      Yaml value =
          below != null && !WHOLE.contains(entry.key())
              ? merge(below.value(), entry.value())
              : entry.value();
      entries.put(entry.key(), new Yaml.Entry(entry.place(), entry.key(), value));
    }
    return new Yaml.Mapping(high.place(), List.copyOf(entries.values()));
  }
}
