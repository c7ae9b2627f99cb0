package parallax.deploy.packing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bill of materials in CycloneDX 1.6 JSON, as its Maven plugin writes it. */
final class Bill {
  private static final String REF = "ref";
  private static final String DEPENDS = "dependsOn";

  private final JsonObject json;
  private final Map<String, Part> parts = new HashMap<>();
  private final Map<String, List<String>> needs = new HashMap<>();

  Bill(JsonObject json) {
    this.json = json;
    all().forEach(part -> parts.put(part.ref(), part));
    Part.objects(json.getJsonArray("dependencies"))
        .forEach(edge -> needs.put(edge.getString(REF), names(edge.getJsonArray(DEPENDS))));
  }

  private static List<String> names(@Nullable JsonArray array) {
    return array == null ? List.of() : array.stream().map(String.class::cast).toList();
  }

  /** What it is about, and all that belongs to it. */
  Stream<Part> all() {
    return Stream.concat(
        Stream.of(root()), Part.objects(json.getJsonArray("components")).map(Part::new));
  }

  /** What it is about. */
  Part root() {
    return new Part(json.getJsonObject("metadata").getJsonObject("component"));
  }

  Optional<Part> ofHash(String sha256) {
    return all().filter(part -> part.sha256().filter(sha256::equals).isPresent()).findFirst();
  }

  /** The references of everything that parts of these names need, and of these parts. */
  Set<String> closure(Set<String> names) {
    Set<String> found = new TreeSet<>();
    Deque<String> queue = new ArrayDeque<>();
    all().filter(part -> names.contains(part.name())).map(Part::ref).forEach(queue::add);
    while (!queue.isEmpty()) {
      String ref = queue.remove();
      if (found.add(ref)) {
        queue.addAll(needs.getOrDefault(ref, List.of()));
      }
    }
    return found;
  }

  /** The same of fewer parts, without the times and tools of this build. */
  JsonObject of(Set<String> refs, List<JsonObject> more) {
    JsonArray components = new JsonArray();
    Part.objects(json.getJsonArray("components"))
        .filter(component -> refs.contains(new Part(component).ref()))
        .forEach(components::add);
    more.forEach(components::add);
    JsonArray dependencies = new JsonArray();
    needs.entrySet().stream()
        .filter(edge -> refs.contains(edge.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            edge ->
                dependencies.add(
                    new JsonObject()
                        .put(REF, edge.getKey())
                        .put(
                            DEPENDS,
                            new JsonArray(
                                edge.getValue().stream().filter(refs::contains).toList()))));
    return new JsonObject()
        .put("bomFormat", "CycloneDX")
        .put("specVersion", json.getString("specVersion"))
        .put("version", 1)
        .put("metadata", new JsonObject().put("component", root().json()))
        .put("components", components)
        .put("dependencies", dependencies);
  }
}
