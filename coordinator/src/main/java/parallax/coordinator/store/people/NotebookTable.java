package parallax.coordinator.store.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.document.NotebookJson;
import parallax.coordinator.store.sql.Sql;

/** What happened in incidents, in the order in which it became known. */
public final class NotebookTable {
  private static final String COLUMNS = "sequence, incident, happened, who, kind, document";

  private NotebookTable() {}

  /** An entry without its number. */
  public record Draft(IncidentId incident, Instant happened, String who, Happening what) {}

  /** Nobody else writes from here to the end of the transaction. */
  static void lock(Sql sql) throws SQLException {
    String turn = "SELECT id FROM notebook_turn WHERE id = 1" + sql.dialect().forUpdate();
    sql.one(turn, row -> row.getInt(1));
  }

  /**
   * Adds entries; must be called inside a transaction, as late as can be. What is too much for an
   * incident is left out.
   */
  public static void append(Sql sql, List<Draft> drafts) throws SQLException {
    if (drafts.isEmpty()) {
      return;
    }
    lock(sql);
    long sequence = end(sql);
    for (Draft draft : drafts) {
      if (draft.what().isAlwaysKept() || count(sql, draft.incident()) < Entry.MAX_ENTRIES) {
        sequence++;
        insert(
            sql,
            new Entry(sequence, draft.incident(), draft.happened(), draft.who(), draft.what()));
      }
    }
  }

  private static void insert(Sql sql, Entry entry) throws SQLException {
    sql.update(
        "INSERT INTO notebook (" + COLUMNS + ") VALUES (?,?,?,?,?,?)",
        entry.sequence(),
        entry.incident().value(),
        Micros.of(entry.happened()),
        entry.who(),
        entry.what().kind().name(),
        NotebookJson.write(entry.what()));
  }

  /** What somebody did, unless there is no room for it; must be called inside a transaction. */
  static Optional<Entry> add(Sql sql, Draft draft) throws SQLException {
    lock(sql);
    if (count(sql, draft.incident()) >= Entry.MAX_WITH_PEOPLES) {
      return Optional.empty();
    }
    Entry entry =
        new Entry(end(sql) + 1, draft.incident(), draft.happened(), draft.who(), draft.what());
    insert(sql, entry);
    return Optional.of(entry);
  }

  /** What must not be missing, as the end of what began; must be called inside a transaction. */
  static void addAlways(Sql sql, Draft draft) throws SQLException {
    lock(sql);
    insert(
        sql,
        new Entry(end(sql) + 1, draft.incident(), draft.happened(), draft.who(), draft.what()));
  }

  /** The acknowledgement that holds: since the incident was re-opened last, if it ever was. */
  static Optional<Entry> acknowledgement(Sql sql, IncidentId incident) throws SQLException {
    return sql.one(
            "SELECT "
                + COLUMNS
                + " FROM notebook WHERE incident = ? AND kind IN ('ACKNOWLEDGED', 'REOPENED')"
                + " ORDER BY sequence DESC LIMIT 1",
            NotebookTable::read,
            incident.value())
        .flatMap(newest -> newest)
        .filter(newest -> newest.what() instanceof Happening.Acknowledged);
  }

  private static long count(Sql sql, IncidentId incident) throws SQLException {
    String count = "SELECT COUNT(*) FROM notebook WHERE incident = ?";
    return sql.one(count, row -> row.getLong(1), incident.value()).orElse(0L);
  }

  public static long end(Sql sql) throws SQLException {
    return sql.one("SELECT MAX(sequence) FROM notebook", row -> row.getLong(1)).orElse(0L);
  }

  public static List<Entry> of(Sql sql, IncidentId incident) throws SQLException {
    return known(
        sql,
        "SELECT " + COLUMNS + " FROM notebook WHERE incident = ? ORDER BY sequence",
        incident.value());
  }

  /** Kinds that only a later version knows are passed over. */
  public static List<Entry> after(Sql sql, long sequence, int limit) throws SQLException {
    String kinds =
        String.join("','", Arrays.stream(Happening.Kind.values()).map(Enum::name).toList());
    return known(
        sql,
        "SELECT "
            + COLUMNS
            + " FROM notebook WHERE sequence > ? AND kind IN ('"
            + kinds
            + "') ORDER BY sequence LIMIT ?",
        sequence,
        Math.clamp(limit, 1, Store.MAX_PAGE));
  }

  private static List<Entry> known(Sql sql, String query, @Nullable Object... values)
      throws SQLException {
    return sql.query(query, NotebookTable::read, values).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Entry> read(ResultSet row) throws SQLException {
    Optional<Happening> what = NotebookJson.read(row.getString(5), row.getString(6));
    if (what.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            row.getLong(1),
            new IncidentId(row.getString(2)),
            Micros.instant(row.getLong(3)),
            row.getString(4),
            what.get()));
  }
}
