package parallax.coordinator.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.store.StoreException;

final class SqlTest {
  private static final String INSERT = "INSERT INTO row (text) VALUES (?)";

  @TempDir Path folder;

  @Test
  void aFullDatabaseLosesTheTransactionAndWorksAgainWhenThereIsRoom() throws SQLException {
    try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + folder + "/full.db"))) {
      sql.alone("creating", () -> sql.update("CREATE TABLE row (text TEXT)"));
      sql.transaction("first", () -> sql.update(INSERT, "kept"));
      limit(sql, 4);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> sql.transaction("filling", () -> fill(sql)))
            .isInstanceOf(StoreException.class)
            .rootCause()
            .hasMessageContaining("full");
      }
      limit(sql, 1_000);
      sql.transaction("second", () -> sql.update(INSERT, "kept, too"));
      assertThat(
              sql.alone("counting", () -> sql.query("SELECT text FROM row", r -> r.getString(1))))
          .containsExactly("kept", "kept, too");
    }
  }

  private static int fill(Sql sql) throws SQLException {
    for (int row = 0; row < 100; row++) {
      sql.update(INSERT, "x".repeat(2_000));
    }
    return 100;
  }

  private static void limit(Sql sql, int pages) {
    sql.alone(
        "limiting", () -> sql.query("PRAGMA max_page_count = " + pages, row -> row.getInt(1)));
  }
}
