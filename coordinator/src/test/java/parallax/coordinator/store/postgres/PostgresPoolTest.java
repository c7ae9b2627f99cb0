package parallax.coordinator.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parallax.coordinator.store.sql.Sql;
import parallax.coordinator.testing.PostgresServer;

final class PostgresPoolTest {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @Test
  void theServerItselfEndsWhatTakesTooLong() {
    try (PostgresPool pool = new PostgresPool(SERVER.freshDatabase(), PostgresPool.STATEMENT)) {
      List<String> limits =
          pool.alone(
              "asking",
              sql ->
                  sql.query(
                      "SELECT setting FROM pg_settings WHERE name IN ('statement_timeout',"
                          + " 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY name",
                      row -> row.getString(1)));
      assertThat(limits).containsExactly("15000", "10000", "20000");
    }
  }

  @Test
  void whatFailsInTheMiddleIsUndone() {
    try (PostgresPool pool = new PostgresPool(SERVER.freshDatabase(), PostgresPool.STATEMENT)) {
      pool.transaction("creating", sql -> sql.update("CREATE TABLE row (number BIGINT UNIQUE)"));
      assertThatThrownBy(() -> pool.transaction("writing", PostgresPoolTest::writeTwice))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  pool.transaction(
                      "writing",
                      sql -> {
                        sql.update("INSERT INTO row VALUES (?)", 2);
                        throw new IllegalStateException("a bug");
                      }))
          .isInstanceOf(IllegalStateException.class);
      List<Integer> rows =
          pool.alone("reading", sql -> sql.query("SELECT number FROM row", row -> row.getInt(1)));
      assertThat(rows).isEmpty();
    }
  }

  private static int writeTwice(Sql sql) throws SQLException {
    return sql.update("INSERT INTO row VALUES (?)", 1)
        + sql.update("INSERT INTO row VALUES (?)", 1);
  }
}
