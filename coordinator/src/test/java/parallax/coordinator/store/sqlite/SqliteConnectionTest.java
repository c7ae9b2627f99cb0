package parallax.coordinator.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.sql.Sql;

final class SqliteConnectionTest {
  private static final String INSERT = "INSERT INTO row (text) VALUES (?)";

  @TempDir Path folder;

  @Test
  void aFullDatabaseLosesTheTransactionAndWorksAgainWhenThereIsRoom() throws SQLException {
    Path file = folder.resolve("full.db");
    try (SqliteConnection full =
        new SqliteConnection(file, SynchronousMode.FULL, SqliteStore.LONGEST_WORK)) {
      full.alone("creating", sql -> sql.update("CREATE TABLE row (text TEXT)"));
      full.transaction("first", sql -> sql.update(INSERT, "kept"));
      limit(full, 4);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> full.transaction("filling", SqliteConnectionTest::fill))
            .isInstanceOf(StoreException.class)
            .rootCause()
            .hasMessageContaining("full");
      }
      limit(full, 1_000);
      full.transaction("second", sql -> sql.update(INSERT, "kept, too"));
      List<String> rows =
          full.alone("reading", sql -> sql.query("SELECT text FROM row", r -> r.getString(1)));
      assertThat(rows).containsExactly("kept", "kept, too");
    }
  }

  @Test
  void workThatTakesTooLongIsInterruptedAndTheNextIsNot() throws SQLException {
    Path file = folder.resolve("slow.db");
    try (SqliteConnection slow =
        new SqliteConnection(file, SynchronousMode.FULL, Duration.ofMillis(100))) {
      assertThatThrownBy(
              () ->
                  slow.alone(
                      "counting",
                      sql ->
                          sql.one(
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                  + " SELECT COUNT(*) FROM n",
                              row -> row.getInt(1))))
          .isInstanceOf(StoreException.class)
          .rootCause()
          .hasMessageContaining("interrupt");
      Optional<Integer> seven =
          slow.alone("asking", sql -> sql.one("SELECT 7", row -> row.getInt(1)));
      assertThat(seven).contains(7);
    }
  }

  private static int fill(Sql sql) throws SQLException {
    for (int row = 0; row < 100; row++) {
      sql.update(INSERT, "x".repeat(2_000));
    }
    return 100;
  }

  private static void limit(SqliteConnection full, int pages) {
    full.alone(
        "limiting", sql -> sql.query("PRAGMA max_page_count = " + pages, row -> row.getInt(1)));
  }
}
