package parallax.coordinator.api;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** As much of an API description (OpenAPI 3.1) as tests ask for. */
record OpenApi(Map<?, ?> root) {
  static OpenApi parse(String yaml) {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new OpenApi((Map<?, ?>) Objects.requireNonNull(root));
  }

  SortedSet<String> paths() {
    return names(in(root, "paths"));
  }

  /** The content types that a GET of a path may answer with this status. */
  Set<String> contentTypes(String path, int status) {
    Map<?, ?> responses = in(in(in(in(root, "paths"), path), "get"), "responses");
    return names(in(in(responses, String.valueOf(status)), "content"));
  }

  /** The value of a key, references resolved. */
  private Map<?, ?> in(Map<?, ?> node, String key) {
    Map<?, ?> value =
        (Map<?, ?>) Objects.requireNonNull(node.get(key), () -> key + " in " + node.keySet());
    Object reference = value.get("$ref");
    if (reference == null) {
      return value;
    }
    Map<?, ?> at = root;
    for (String step : reference.toString().substring(2).split("/", -1)) {
      at = in(at, step);
    }
    return at;
  }

  private static SortedSet<String> names(Map<?, ?> node) {
    SortedSet<String> names = new TreeSet<>();
    node.keySet().forEach(name -> names.add(String.valueOf(name)));
    return names;
  }
}
