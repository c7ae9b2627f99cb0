package parallax.coordinator.store.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.document.Words;
import parallax.coordinator.store.sql.Sql;

/** Verdict intervals: the history that uptime is computed from. */
final class IntervalTable {
  private static final String COLUMNS =
      "target, began, ended, state, scope, layer, reason, detail, culprit";

  /** Earlier than any interval; what a database takes for a big integer. */
  private static final long BEFORE_ALL = Long.MIN_VALUE / 2;

  /** The newest interval before this one that is of another state, or ends before the next. */
  private static final String BREAK =
      "SELECT o.began FROM verdict_interval o WHERE o.target = i.target AND o.began < i.began"
          + " AND (o.state <> i.state OR NOT EXISTS (SELECT 1 FROM verdict_interval n"
          + " WHERE n.target = o.target AND n.began = o.ended)) ORDER BY o.began DESC LIMIT 1";

  private static final String HELD =
      "SELECT "
          + COLUMNS
          + ", (SELECT s.began FROM verdict_interval s WHERE s.target = i.target AND"
          + " s.began > COALESCE(("
          + BREAK
          + "), "
          + BEFORE_ALL
          + ") ORDER BY s.began LIMIT 1) FROM verdict_interval i WHERE ended IS NULL"
          + " ORDER BY target";

  private IntervalTable() {}

  static void change(Sql sql, Verdict verdict, Instant at) throws SQLException {
    String target = verdict.target().value();
    long began = Micros.of(began(sql, verdict, at));
    sql.update(
        "UPDATE verdict_interval SET ended = ? WHERE target = ? AND ended IS NULL AND began < ?",
        began,
        target,
        began);
    @Nullable Cause cause = verdict.cause().orElse(null);
    sql.update(
        "INSERT INTO verdict_interval ("
            + COLUMNS
            + ") VALUES (?,?,NULL,?,?,?,?,?,?) ON CONFLICT (target, began) DO UPDATE SET"
            + " ended = NULL, state = excluded.state, scope = excluded.scope,"
            + " layer = excluded.layer, reason = excluded.reason, detail = excluded.detail,"
            + " culprit = excluded.culprit",
        target,
        began,
        verdict.state().name(),
        verdict.scope().map(Scope::name).orElse(null),
        cause == null ? null : cause.layer().map(Layer::name).orElse(null),
        cause == null ? null : cause.finding().reason().name(),
        cause == null ? null : cause.finding().detail(),
        cause == null ? null : cause.culprit());
  }

  /**
   * When the new interval begins: with the state, or now when only scope or cause changed, so that
   * what was held before stays on record.
   */
  private static Instant began(Sql sql, Verdict verdict, Instant at) throws SQLException {
    boolean sameState =
        sql.one(
                "SELECT state FROM verdict_interval WHERE target = ? AND ended IS NULL AND began >="
                    + " ?",
                row -> row.getString(1),
                verdict.target().value(),
                Micros.of(verdict.since()))
            .filter(state -> state.equals(verdict.state().name()))
            .isPresent();
    return sameState ? at : verdict.since();
  }

  static void end(Sql sql, TargetName target, Instant at) throws SQLException {
    sql.update(
        "UPDATE verdict_interval SET ended = ? WHERE target = ? AND ended IS NULL",
        Micros.of(at),
        target.value());
  }

  static List<Store.Interval> touching(Sql sql, TargetName target, Instant from, Instant to)
      throws SQLException {
    return sql.query(
        "SELECT "
            + COLUMNS
            + " FROM verdict_interval WHERE target = ? AND began < ? AND (ended IS NULL OR ended >"
            + " ?) ORDER BY began",
        IntervalTable::read,
        target.value(),
        Micros.of(to),
        Micros.of(from));
  }

  /** What lasts, with the beginning of the first interval of its state that led here unbroken. */
  static List<Store.Held> held(Sql sql) throws SQLException {
    return sql.query(
        HELD,
        row ->
            new Store.Held(
                read(row), Micros.instant(row.getLong(COLUMNS.split(", ", -1).length + 1))));
  }

  private static Store.Interval read(ResultSet row) throws SQLException {
    long ended = row.getLong(3);
    Optional<Instant> until = row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(ended));
    Optional<Layer> layer = Words.read(Layer.class, row.getString(6));
    Optional<Reason> reason = Words.read(Reason.class, row.getString(7));
    String detail = row.getString(8);
    String culprit = row.getString(9);
    Optional<Cause> cause =
        reason.map(known -> new Cause(layer, new Finding(known, detail), culprit));
    return new Store.Interval(
        new TargetName(row.getString(1)),
        // A state that a later version invented is, to this one, unknown.
        Words.read(TargetState.class, row.getString(4)).orElse(TargetState.UNKNOWN),
        Words.read(Scope.class, row.getString(5)),
        cause,
        Micros.instant(row.getLong(2)),
        until);
  }
}
