package parallax.coordinator.store.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Sql;

/**
 * What becomes of rows when a record is filled with an older copy.
 *
 * <p>Notices that wait in it were sent, or overtaken by events, long before the copy is put to use:
 * they are told to nobody any more.
 *
 * <p>Tokens are never taken back in time: a copy does not know what was revoked after it was made.
 * What the record itself held stays; what only the copy holds comes back revoked, unless it is to
 * be kept.
 */
final class Restoring {
  static final String WHY = "superseded: the record was restored from a backup";

  private static final Layout TABLE = Layout.of("probe_credential");
  private static final int ID = TABLE.columns().indexOf("id");
  private static final int EXPIRES = TABLE.columns().indexOf("expires");
  private static final int REVOKED = TABLE.columns().indexOf("revoked");

  private final Map<String, @Nullable Object[]> held;
  private final boolean keepOthers;
  private final long now;

  private Restoring(Map<String, @Nullable Object[]> held, WholeRecord.Filling filling) {
    this.held = held;
    this.keepOthers = filling.keepTokens();
    this.now = Micros.of(filling.at());
  }

  /** Reads what the record holds, before it is filled. Nobody may change it meanwhile. */
  static Restoring read(Sql sql, WholeRecord.Filling filling) throws SQLException {
    Map<String, @Nullable Object[]> held = new TreeMap<>();
    sql.each(
        TABLE.select(),
        row -> {
          @Nullable Object[] values = TABLE.values(TABLE.text(row));
          held.put(String.valueOf(values[ID]), values);
        });
    return new Restoring(held, filling);
  }

  /** A notice as it is restored; {@code values} are changed in place. */
  static void supersede(Layout table, @Nullable Object[] values) {
    if (!table.name().equals("notice")) {
      return;
    }
    List<String> columns = table.columns();
    int givenUp = columns.indexOf("given_up");
    boolean waits =
        values[columns.indexOf("delivered")] == null && Long.valueOf(0).equals(values[givenUp]);
    if (waits) {
      values[givenUp] = 1L;
      values[columns.indexOf("last_error")] = WHY;
    }
  }

  /** Whether a row of the copy is put into the record; it may be changed in place. */
  boolean takes(Layout table, @Nullable Object[] values) {
    supersede(table, values);
    if (!table.name().equals(TABLE.name())) {
      return true;
    }
    boolean isOver = values[REVOKED] != null || (values[EXPIRES] instanceof Long end && end <= now);
    if (!keepOthers && !isOver) {
      values[REVOKED] = now;
    }
    return !held.containsKey(String.valueOf(values[ID]));
  }

  /** Puts back what the record held. */
  void putBack(Sql sql) throws SQLException {
    sql.batch(TABLE.insert(), new ArrayList<>(held.values()));
  }

  /** Whose tokens were all revoked by this. */
  List<String> silenced(Sql sql) throws SQLException {
    return sql.query(
        "SELECT DISTINCT probe FROM probe_credential c WHERE revoked = ? AND NOT EXISTS"
            + " (SELECT 1 FROM probe_credential v WHERE v.probe = c.probe AND v.revoked IS NULL"
            + " AND (v.expires IS NULL OR v.expires > ?)) ORDER BY probe",
        row -> row.getString(1),
        now,
        now);
  }
}
