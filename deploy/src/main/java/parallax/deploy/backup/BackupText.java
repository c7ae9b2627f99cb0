package parallax.deploy.backup;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import parallax.coordinator.store.backup.Manifest;
import parallax.coordinator.store.backup.RestoreDrill;

/** What is said about snapshots. */
final class BackupText {
  private BackupText() {}

  static String line(Path file, Manifest manifest) {
    String tables =
        manifest.tables().stream()
            .map(table -> table.name() + " " + table.rows())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s: whole, taken %s, %d rows (%s)",
        file,
        manifest.taken(),
        manifest.rows(),
        tables);
  }

  static String json(Path file, Manifest manifest) {
    JsonObject tables = new JsonObject();
    manifest.tables().forEach(table -> tables.put(table.name(), table.rows()));
    return new JsonObject()
        .put("file", file.toString())
        .put("whole", true)
        .put("taken", manifest.taken().toString())
        .put("schema", manifest.schema())
        .put("version", manifest.version())
        .put("rows", tables)
        .encode();
  }

  static String damaged(Path file, String why) {
    return new JsonObject()
        .put("file", file.toString())
        .put("whole", false)
        .put("why", why)
        .encode();
  }

  static String notRestored(String why) {
    return new JsonObject().put("restored", false).put("why", why).encode();
  }

  static String ofAnotherSchema(Manifest manifest) {
    return "it has schema %s, which this Parallax does not read; %s wrote it"
        .formatted(
            manifest.schema(),
            manifest.version().isEmpty() ? "another version" : "version " + manifest.version());
  }

  static String line(RestoreDrill.Line line) {
    return String.format(
        Locale.ROOT,
        "%-16s %9d rows saved, %9d restored: %s",
        line.table(),
        line.inBackup(),
        line.inRecord(),
        line.same() ? "the same" : "DIFFERENT");
  }

  static String json(RestoreDrill.Line line) {
    return new JsonObject()
        .put("table", line.table())
        .put("saved", line.inBackup())
        .put("restored", line.inRecord())
        .put("same", line.same())
        .encode();
  }
}
