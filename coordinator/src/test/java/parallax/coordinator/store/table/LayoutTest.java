package parallax.coordinator.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sqlite.SqliteStore;

final class LayoutTest {
  /** Flyway's and SQLite's own, those that count on by themselves, and what sessions rest on. */
  private static final String NOT_COPIED =
      "name <> 'flyway_schema_history' AND name NOT LIKE 'sqlite_%'"
          + " AND name NOT IN ('epoch', 'notebook_turn', 'under_way',"
          + " 'session_key', 'session_end')";

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

  @Test
  void aRowOfAnOlderVersionGetsWhatCameLater() {
    Layout table =
        new Layout(
            "thing",
            "id",
            Optional.empty(),
            List.of("id", "note", "count", "text"),
            List.of(
                new Layout.Added("note", 5, Optional.empty()),
                new Layout.Added("count", 4, Optional.of(7L))));
    assertThat(table.upgraded("[1,\"a\"]", 3)).isEqualTo("[1,null,7,\"a\"]");
    assertThat(table.upgraded("[1,9,\"a\"]", 4)).isEqualTo("[1,null,9,\"a\"]");
    assertThat(table.upgraded("[1,\"n\",9,\"a\"]", 5)).isEqualTo("[1,\"n\",9,\"a\"]");
    assertThatThrownBy(() -> table.upgraded("[1]", 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
