package parallax.coordinator.store.backup;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds.
 *
 * @param schema the version of its tables
 * @param taken the instant it shows
 * @param version of the Parallax that wrote it
 */
public record Manifest(int schema, Instant taken, String version, List<Table> tables) {
  public Manifest {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param sha256 of its rows as lines of UTF-8, in hexadecimal
   */
  public record Table(String name, long rows, String sha256) {}

  /** All rows of all tables. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  /** The tables as they stand at the end of a file. */
  JsonArray tablesJson() {
    JsonArray array = new JsonArray();
    for (Table table : tables) {
      array.add(
          new JsonObject()
              .put("name", table.name())
              .put("rows", table.rows())
              .put("sha256", table.sha256()));
    }
    return array;
  }
}
