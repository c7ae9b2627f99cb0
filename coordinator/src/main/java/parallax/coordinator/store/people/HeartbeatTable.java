package parallax.coordinator.store.people;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.store.People;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Sql;

/** What jobs said of themselves last. */
final class HeartbeatTable {
  private HeartbeatTable() {}

  /** Whether there was room; must be called inside a transaction. */
  static boolean hear(Sql sql, Heard heard) throws SQLException {
    int known =
        sql.update(
            "UPDATE heartbeat SET last = ?, who = ?, failed = ?, detail = ?"
                + " WHERE name = ? AND last <= ?",
            Micros.of(heard.at()),
            heard.who(),
            heard.failed() ? 1 : 0,
            heard.detail(),
            heard.name(),
            Micros.of(heard.at()));
    return known > 0 || isKnown(sql, heard.name()) || add(sql, heard);
  }

  private static boolean isKnown(Sql sql, String name) throws SQLException {
    return sql.one("SELECT 1 FROM heartbeat WHERE name = ?", row -> true, name).isPresent();
  }

  private static boolean add(Sql sql, Heard heard) throws SQLException {
    NotebookTable.lock(sql);
    long others = sql.one("SELECT MAX(number) FROM heartbeat", row -> row.getLong(1)).orElse(0L);
    if (others >= People.MAX_HEARTBEATS) {
      return false;
    }
    sql.update(
        "INSERT INTO heartbeat (number, name, last, who, failed, detail) VALUES (?,?,?,?,?,?)"
            + " ON CONFLICT (name) DO UPDATE SET last = excluded.last, who = excluded.who,"
            + " failed = excluded.failed, detail = excluded.detail",
        others + 1,
        heard.name(),
        Micros.of(heard.at()),
        heard.who(),
        heard.failed() ? 1 : 0,
        heard.detail());
    return true;
  }

  static List<Heard> all(Sql sql) throws SQLException {
    return sql
        .query(
            "SELECT name, last, who, failed, detail FROM heartbeat",
            row ->
                new Heard(
                    row.getString(1),
                    Micros.instant(row.getLong(2)),
                    row.getString(3),
                    row.getInt(4) != 0,
                    row.getString(5)))
        .stream()
        .sorted(Comparator.comparing(Heard::name))
        .toList();
  }
}
