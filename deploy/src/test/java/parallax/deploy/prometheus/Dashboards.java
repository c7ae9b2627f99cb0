package parallax.deploy.prometheus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dashboards, as Grafana reads them. */
final class Dashboards {
  private static final Path FOLDER = RulesTest.FOLDER.resolve("dashboards");

  private Dashboards() {}

  /** All of them by the names of their files, without the ending. */
  static SequencedMap<String, JsonObject> all() {
    SequencedMap<String, JsonObject> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        all.put(
            name.substring(0, name.length() - ".json".length()),
            new JsonObject(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static List<JsonObject> panels(JsonObject dashboard) {
    return objects(dashboard.getJsonArray("panels"));
  }

  static List<JsonObject> variables(JsonObject dashboard) {
    return objects(dashboard.getJsonObject("templating").getJsonArray("list"));
  }

  static List<JsonObject> targets(JsonObject panel) {
    return objects(panel.getJsonArray("targets"));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  /** A query as Grafana sends it when everything is chosen. */
  static String sent(String query) {
    return query
        .replaceAll("\\$(target|region|probe|prefix)\\b", ".*")
        .replace("$__rate_interval", "1m")
        .replace("$__range", "5m");
  }
}
