package parallax.coordinator.store.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.People;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.MatchersJson;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Sql;

/** For what nobody is to be told, and how long. */
final class SilenceTable {
  private static final String COLUMNS = "id, matchers, begins, until, who, reason, created, ended";

  private SilenceTable() {}

  /** Must be called inside a transaction. */
  static Optional<Silence> find(Sql sql, String id) throws SQLException {
    String find = "SELECT " + COLUMNS + " FROM silence WHERE id = ?" + sql.dialect().forUpdate();
    return sql.one(find, SilenceTable::read, id).flatMap(found -> found);
  }

  /** Whether there was room; must be called inside a transaction. */
  static boolean add(Sql sql, Silence silence) throws SQLException {
    long others =
        sql.one(
                "SELECT COUNT(*) FROM silence WHERE until > ? AND ended IS NULL AND id <> ?",
                row -> row.getLong(1),
                Micros.of(silence.created()),
                silence.id())
            .orElse(0L);
    if (others >= People.MAX_SILENCES) {
      return false;
    }
    @Nullable Long ended = silence.ended().map(Micros::of).orElse(null);
    sql.update(
        "INSERT INTO silence ("
            + COLUMNS
            + ") VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
        silence.id(),
        MatchersJson.write(silence.match()),
        Micros.of(silence.from()),
        Micros.of(silence.until()),
        silence.who(),
        silence.reason(),
        Micros.of(silence.created()),
        ended);
    return true;
  }

  static void end(Sql sql, String id, Instant at) throws SQLException {
    sql.update("UPDATE silence SET ended = ? WHERE id = ? AND ended IS NULL", Micros.of(at), id);
  }

  static List<Silence> notOver(Sql sql, Instant at) throws SQLException {
    return sql
        .query(
            "SELECT "
                + COLUMNS
                + " FROM silence WHERE until > ? AND COALESCE(ended, until) > ?"
                + " ORDER BY begins, id LIMIT ?",
            SilenceTable::read,
            Micros.of(at),
            Micros.of(at),
            Store.MAX_PAGE)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Silence> read(ResultSet row) throws SQLException {
    Optional<List<LabelMatcher>> match = MatchersJson.read(row.getString(2));
    long ended = row.getLong(8);
    Optional<Instant> endedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(ended));
    if (match.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Silence(
            row.getString(1),
            match.get(),
            Micros.instant(row.getLong(3)),
            Micros.instant(row.getLong(4)),
            row.getString(5),
            row.getString(6),
            Micros.instant(row.getLong(7)),
            endedAt));
  }
}
