package parallax.coordinator.store.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Differences;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.IncidentJson;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.people.NotebookTable;
import parallax.coordinator.store.sql.Sql;

/** Incidents, whole, with the columns they are looked up by beside them. */
final class IncidentTable {
  private IncidentTable() {}

  /** Records an incident, and tells what is to be written down of it. */
  static List<NotebookTable.Draft> change(Sql sql, Incident incident, Instant at)
      throws SQLException {
    List<NotebookTable.Draft> drafts = drafts(sql, incident, at);
    @Nullable Long resolved = incident.resolved().map(Micros::of).orElse(null);
    sql.update(
        "INSERT INTO incident (id, opened, resolved, document) VALUES (?,?,?,?)"
            + " ON CONFLICT (id) DO UPDATE SET resolved = excluded.resolved,"
            + " document = excluded.document",
        incident.id().value(),
        Micros.of(incident.opened()),
        resolved,
        IncidentJson.write(incident));
    List<@Nullable Object[]> targets = new ArrayList<>();
    for (TargetName target : incident.targets()) {
      targets.add(
          new @Nullable Object[] {
            target.value(), incident.id().value(), Micros.of(incident.onset()), resolved
          });
    }
    sql.batch(
        "INSERT INTO incident_target (target, incident, onset, resolved) VALUES (?,?,?,?)"
            + " ON CONFLICT (target, incident) DO UPDATE SET onset = excluded.onset,"
            + " resolved = excluded.resolved",
        targets);
    return drafts;
  }

  /** Compared with the incident as it is on record, unless a later version wrote that. */
  private static List<NotebookTable.Draft> drafts(Sql sql, Incident incident, Instant at)
      throws SQLException {
    Optional<Optional<Incident>> recorded =
        sql.one(
            "SELECT document FROM incident WHERE id = ?",
            row -> IncidentJson.read(row.getString(1)),
            incident.id().value());
    if (recorded.isPresent() && recorded.get().isEmpty()) {
      return List.of();
    }
    return Differences.between(recorded.flatMap(known -> known), incident, at).stream()
        .map(dated -> new NotebookTable.Draft(incident.id(), dated.at(), Entry.CORE, dated.what()))
        .toList();
  }

  static List<Incident> open(Sql sql) throws SQLException {
    return known(
        sql.query(
            "SELECT document FROM incident WHERE resolved IS NULL ORDER BY opened, id",
            row -> IncidentJson.read(row.getString(1))));
  }

  /** When the newest one was opened; {@link Instant#MIN} when there is none. */
  static Instant latest(Sql sql) throws SQLException {
    return sql.one(
            "SELECT opened FROM incident ORDER BY opened DESC LIMIT 1",
            row -> Micros.instant(row.getLong(1)))
        .orElse(Instant.MIN);
  }

  static Optional<Incident> find(Sql sql, IncidentId id) throws SQLException {
    return sql.one(
            "SELECT document FROM incident WHERE id = ?",
            row -> IncidentJson.read(row.getString(1)),
            id.value())
        .flatMap(incident -> incident);
  }

  static Store.Page<Incident> page(
      Sql sql, Optional<Boolean> open, Optional<Cursor> after, int limit) throws SQLException {
    String only =
        open.map(value -> value ? " AND resolved IS NULL" : " AND resolved IS NOT NULL").orElse("");
    Cursor from = after.orElse(new Cursor(Long.MAX_VALUE, ""));
    List<Placed> rows =
        sql.query(
            "SELECT opened, id, document FROM incident WHERE (opened, id) < (?, ?)"
                + only
                + " ORDER BY opened DESC, id DESC LIMIT ?",
            row ->
                new Placed(
                    new Cursor(row.getLong(1), row.getString(2)),
                    IncidentJson.read(row.getString(3))),
            from.number(),
            from.text(),
            limit + 1);
    boolean more = rows.size() > limit;
    List<Placed> shown = rows.subList(0, Math.min(limit, rows.size()));
    return new Store.Page<>(
        known(shown.stream().map(Placed::incident).toList()),
        more ? Optional.of(shown.getLast().place().opaque()) : Optional.empty());
  }

  static Optional<Incident> read(String document) {
    return IncidentJson.read(document);
  }

  static String write(Incident incident) {
    return IncidentJson.write(incident);
  }

  private static List<Incident> known(List<Optional<Incident>> read) {
    return read.stream().flatMap(Optional::stream).toList();
  }

  private record Placed(Cursor place, Optional<Incident> incident) {}
}
