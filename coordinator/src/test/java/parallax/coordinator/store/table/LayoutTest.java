package parallax.coordinator.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sqlite.SqliteStore;

final class LayoutTest {
  /** Flyway's and SQLite's own, and the one that counts on by itself. */
  private static final String NOT_COPIED =
      "name <> 'flyway_schema_history' AND name NOT LIKE 'sqlite_%' AND name <> 'epoch'";

  @TempDir Path folder;

  @Test
  void everyTableIsCopiedWithAllItsColumns() {
    TreeMap<String, TreeSet<String>> copied = new TreeMap<>();
    Layout.ALL.forEach(table -> copied.put(table.name(), new TreeSet<>(table.columns())));
    TreeMap<String, TreeSet<String>> there = new TreeMap<>();
    try (Database database = SqliteStore.shared(folder)) {
      database.alone(
          "reading the tables",
          sql -> {
            sql.each(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND " + NOT_COPIED,
                row -> there.put(row.getString(1), new TreeSet<>()));
            for (String table : there.keySet()) {
              sql.each(
                  "SELECT name FROM pragma_table_info('" + table + "')",
                  row -> there.get(table).add(row.getString(1)));
            }
            return true;
          });
    }
    assertThat(copied).isEqualTo(there);
  }
}
