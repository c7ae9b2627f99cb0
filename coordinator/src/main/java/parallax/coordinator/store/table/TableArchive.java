package parallax.coordinator.store.table;

import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.store.Archive;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sql.Database;

/** The record's tables, only to be read. */
public final class TableArchive implements Archive {
  private final Database reader;
  private final EvidenceTable evidence = new EvidenceTable();

  /**
   * An archive.
   *
   * @param reader by which nothing can be changed; closed with this
   */
  public TableArchive(Database reader) {
    this.reader = reader;
  }

  @Override
  public Store.Page<Evidence> arrivals(
      Instant from, Instant to, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    Instant[] range = {from, to};
    return reader.alone(
        "reading evidence", sql -> evidence.arrivals(sql, range, after, TableStore.bounded(limit)));
  }

  @Override
  public Store.Page<Incident> incidents(Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    return reader.alone(
        "reading incidents",
        sql -> IncidentTable.page(sql, Optional.empty(), after, TableStore.bounded(limit)));
  }

  @Override
  public void close() {
    reader.close();
  }
}
