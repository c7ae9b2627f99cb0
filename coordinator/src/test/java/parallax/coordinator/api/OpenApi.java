package parallax.coordinator.api;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** As much of an API description (OpenAPI 3.1) as tests ask for. */
record OpenApi(Map<?, ?> root) {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  static OpenApi parse(String yaml) {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new OpenApi((Map<?, ?>) Objects.requireNonNull(root));
  }

  SortedSet<String> paths() {
    return names(in(root, "paths"));
  }

  /** Those that can be read. */
  List<String> readable() {
    return paths().stream().filter(path -> in(in(root, "paths"), path).containsKey("get")).toList();
  }

  /** The content types that a GET of a path may answer with this status. */
  Set<String> contentTypes(String path, int status) {
    return names(in(response("get", path, status), "content"));
  }

  /**
   * What is wrong with a body that a GET of a path answered: fields that are missing, of another
   * kind, or not described.
   */
  List<String> faults(String path, int status, String contentType, String body) {
    return faults("get", path, status, contentType, body);
  }

  /** The same of another method, in lower case. */
  List<String> faults(String method, String path, int status, String contentType, String body) {
    Map<?, ?> content = in(response(method, path, status), "content");
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DRAFT);
    schema.put("components", closed(in(root, "components")));
    schema.put("allOf", List.of(closed(in(in(content, contentType), "schema"))));
    SchemaRegistryConfig strict =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    Schema whole =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(strict))
            .getSchema(new JsonObject(schema).encode(), InputFormat.JSON);
    return whole.validate(body, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  /** Fields, as {@code Target.name}, of which nobody says what they mean. */
  List<String> undescribed() {
    List<String> found = new ArrayList<>();
    Map<?, ?> schemas = in(in(root, "components"), "schemas");
    schemas.forEach((name, schema) -> undescribed(String.valueOf(name), schema, found));
    undescribed("paths", in(root, "paths"), found);
    return found;
  }

  private void undescribed(String path, Object node, List<String> found) {
    switch (node) {
      case List<?> list -> list.forEach(each -> undescribed(path, each, found));
      case Map<?, ?> map -> {
        if (map.get("properties") instanceof Map<?, ?> fields) {
          for (Object name : fields.keySet()) {
            if (!in(fields, String.valueOf(name)).containsKey("description")) {
              found.add(path + "." + name);
            }
          }
        }
        map.forEach(
            (key, value) ->
                undescribed(key.equals("properties") ? path : path + "." + key, value, found));
      }
      default -> {}
    }
  }

  private Map<?, ?> response(String method, String path, int status) {
    Map<?, ?> responses = in(in(in(in(root, "paths"), path), method), "responses");
    return in(responses, String.valueOf(status));
  }

  /** A schema that allows no fields but those that it names; clients have to bear others. */
  private Object closed(Object node) {
    return switch (node) {
      case List<?> list -> list.stream().map(this::closed).toList();
      case Map<?, ?> map -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        merged(map).forEach((key, value) -> copy.put(String.valueOf(key), closed(value)));
        if (copy.get("properties") instanceof Map && copy.containsKey("type")) {
          copy.putIfAbsent("additionalProperties", false);
        }
        yield copy;
      }
      default -> node;
    };
  }

  /** What is made of parts, all objects, as one. */
  private Map<?, ?> merged(Map<?, ?> schema) {
    if (!(schema.get("allOf") instanceof List<?> parts)) {
      return schema;
    }
    Map<Object, Object> fields = new LinkedHashMap<>();
    Set<Object> required = new LinkedHashSet<>();
    for (Object part : parts) {
      Map<?, ?> known = resolved((Map<?, ?>) Objects.requireNonNull(part));
      fields.putAll(in(known, "properties"));
      required.addAll((List<?>) Objects.requireNonNull(known.get("required")));
    }
    return Map.of("type", "object", "properties", fields, "required", List.copyOf(required));
  }

  /** The value of a key, references resolved. */
  private Map<?, ?> in(Map<?, ?> node, String key) {
    return resolved(
        (Map<?, ?>) Objects.requireNonNull(node.get(key), () -> key + " in " + node.keySet()));
  }

  private Map<?, ?> resolved(Map<?, ?> value) {
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
