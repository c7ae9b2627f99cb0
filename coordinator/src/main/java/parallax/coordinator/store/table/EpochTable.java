package parallax.coordinator.store.table;

import java.sql.SQLException;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.sql.Sql;

/** The newest epoch, in the only row of its table. */
final class EpochTable {
  private static final String NEWEST = "SELECT number FROM epoch WHERE id = 1";

  private EpochTable() {}

  /** Must be called inside a transaction. */
  static Epoch next(Sql sql) throws SQLException {
    // The row is locked by this, until nobody records in an older epoch any more.
    sql.update("UPDATE epoch SET number = number + 1 WHERE id = 1");
    return new Epoch(sql.one(NEWEST, row -> row.getLong(1)).orElseThrow());
  }

  /** Keeps others from recording until the transaction ends. */
  static void lock(Sql sql) throws SQLException {
    sql.each(NEWEST + sql.dialect().forUpdate(), row -> {});
  }

  /** The newest one; it stays that until the transaction ends. 0 before the first. */
  static long newest(Sql sql) throws SQLException {
    return sql.one(NEWEST + sql.dialect().forShare(), row -> row.getLong(1)).orElseThrow();
  }
}
