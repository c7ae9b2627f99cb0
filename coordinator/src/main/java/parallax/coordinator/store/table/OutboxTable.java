package parallax.coordinator.store.table;

import io.vertx.core.json.JsonArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.store.Room;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.document.NoticeJson;
import parallax.coordinator.store.document.Words;
import parallax.coordinator.store.people.NotebookTable;
import parallax.coordinator.store.sql.Sql;

/** Notices on their way: one row for each notice and receiver. */
final class OutboxTable {
  private static final String COLUMNS =
      "id, kind, receiver, document, planned, attempts, delivered, given_up, last_error,"
          + " (SELECT last.thread FROM notice last WHERE last.incident = notice.incident"
          + " AND last.receiver = notice.receiver AND last.thread IS NOT NULL"
          + " ORDER BY last.sequence DESC LIMIT 1)";

  /** The end of an incident is not told before its beginning has been, or cannot be. */
  private static final String IN_ORDER =
      "NOT EXISTS (SELECT 1 FROM notice earlier WHERE earlier.incident = notice.incident"
          + " AND earlier.receiver = notice.receiver AND earlier.sequence < notice.sequence"
          + " AND earlier.delivered IS NULL AND earlier.given_up = 0)";

  /** Characters of what a receiver calls a conversation. */
  private static final int MAX_THREAD = 512;

  private OutboxTable() {}

  static void plan(Sql sql, Notice notice, Instant at) throws SQLException {
    String document = NoticeJson.write(notice.incident(), notice.along());
    for (String receiver : notice.receivers()) {
      sql.update(
          "INSERT INTO notice (id, incident, kind, receiver, document, planned, not_before)"
              + " VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
          notice.key(receiver),
          notice.incident().id().value(),
          notice.kind().name(),
          receiver,
          document,
          Micros.of(at),
          Micros.of(at));
    }
  }

  /**
   * Takes on what is due, as far as there is room for it: nobody else does before {@code until}.
   * Must be called inside a transaction.
   */
  static List<Store.Delivery> claim(Sql sql, Instant now, Instant until, Room room)
      throws SQLException {
    Map<String, Integer> taken = new HashMap<>(room.taken());
    List<Store.Delivery> claimed = new ArrayList<>();
    for (Store.Delivery due : due(sql, now, room)) {
      if (taken.merge(due.receiver(), 1, Integer::sum) <= room.each()) {
        sql.update(
            "UPDATE notice SET attempts = attempts + 1, not_before = ? WHERE id = ?",
            Micros.of(until),
            due.key());
        sql.update(
            "INSERT INTO under_way (notice) VALUES (?) ON CONFLICT (notice) DO NOTHING", due.key());
        claimed.add(due.attempted());
      }
    }
    return claimed;
  }

  /**
   * What was on its way when whoever claimed it was taken over from: it may have arrived, and is
   * due at once. Must be called inside a transaction.
   */
  static void release(Sql sql) throws SQLException {
    sql.update(
        "UPDATE notice SET not_before = planned WHERE delivered IS NULL AND given_up = 0"
            + " AND id IN (SELECT notice FROM under_way)");
    sql.update("DELETE FROM under_way");
  }

  private static void landed(Sql sql, String key) throws SQLException {
    sql.update("DELETE FROM under_way WHERE notice = ?", key);
  }

  private static List<Store.Delivery> due(Sql sql, Instant now, Room room) throws SQLException {
    return known(
        sql.query(
            "SELECT "
                + COLUMNS
                + " FROM notice WHERE delivered IS NULL AND given_up = 0 AND not_before <= ?"
                + " AND receiver NOT IN ("
                + sql.dialect().elements()
                + ") AND "
                + IN_ORDER
                + " ORDER BY sequence LIMIT ?"
                + sql.dialect().skipLocked(),
            OutboxTable::read,
            Micros.of(now),
            new JsonArray(room.full()).encode(),
            Math.min(room.free(), Store.MAX_PAGE)));
  }

  static List<Store.Delivery> of(Sql sql, IncidentId incident) throws SQLException {
    return known(
        sql.query(
            "SELECT " + COLUMNS + " FROM notice WHERE incident = ? ORDER BY sequence",
            OutboxTable::read,
            incident.value()));
  }

  /** Of all incidents that are open. */
  static List<Store.Delivery> ofOpen(Sql sql) throws SQLException {
    return known(
        sql.query(
            "SELECT "
                + COLUMNS
                + " FROM notice WHERE incident IN (SELECT id FROM incident WHERE resolved IS NULL)"
                + " ORDER BY sequence",
            OutboxTable::read));
  }

  /** Whether it is known only now that it arrived. */
  static boolean deliver(Sql sql, String key, Instant at, Optional<String> thread)
      throws SQLException {
    @Nullable String called = thread.map(OutboxTable::bounded).orElse(null);
    landed(sql, key);
    return sql.update(
            "UPDATE notice SET delivered = ?, given_up = 0, last_error = NULL,"
                + " thread = COALESCE(?, thread) WHERE id = ? AND delivered IS NULL",
            Micros.of(at),
            called,
            key)
        > 0;
  }

  /** Whether the attempt was still the newest one. */
  static boolean fail(Sql sql, Store.Attempt attempt, String why, Optional<Instant> retry)
      throws SQLException {
    @Nullable Long next = retry.map(Micros::of).orElse(null);
    boolean newest =
        sql.update(
                "UPDATE notice SET last_error = ?, given_up = ?, not_before = COALESCE(?,"
                    + " not_before) WHERE id = ? AND attempts = ? AND delivered IS NULL",
                why,
                retry.isPresent() ? 0 : 1,
                next,
                attempt.key(),
                attempt.number())
            > 0;
    if (newest) {
      landed(sql, attempt.key());
    }
    return newest;
  }

  /**
   * What is to be written down of a notice.
   *
   * @param error why it was given up; empty: it arrived
   */
  static List<NotebookTable.Draft> told(Sql sql, String key, Instant at, Optional<String> error)
      throws SQLException {
    return sql
        .query(
            "SELECT incident, receiver, kind FROM notice WHERE id = ?",
            row -> {
              String receiver = row.getString(2);
              IncidentId incident = new IncidentId(row.getString(1));
              return Words.read(Notice.Kind.class, row.getString(3))
                  .map(
                      kind ->
                          new NotebookTable.Draft(
                              incident,
                              at,
                              Entry.receiver(receiver),
                              new Happening.Told(
                                  receiver, kind, error.isEmpty(), error.orElse(""))));
            },
            key)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static String bounded(String thread) {
    return thread.length() > MAX_THREAD ? thread.substring(0, MAX_THREAD) : thread;
  }

  private static Optional<Store.Delivery> read(ResultSet row) throws SQLException {
    Optional<Notice.Kind> kind = Words.read(Notice.Kind.class, row.getString(2));
    Optional<Incident> incident = IncidentTable.read(row.getString(4));
    if (kind.isEmpty() || incident.isEmpty()) {
      return Optional.empty();
    }
    long delivered = row.getLong(7);
    Optional<Instant> deliveredAt =
        row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(delivered));
    return Optional.of(
        new Store.Delivery(
            row.getString(1),
            kind.get(),
            row.getString(3),
            incident.get(),
            NoticeJson.along(row.getString(4)),
            Micros.instant(row.getLong(5)),
            row.getInt(6),
            deliveredAt,
            Optional.ofNullable(row.getString(9)),
            row.getInt(8) != 0,
            Optional.ofNullable(row.getString(10))));
  }

  private static List<Store.Delivery> known(List<Optional<Store.Delivery>> read) {
    return read.stream().flatMap(Optional::stream).toList();
  }
}
