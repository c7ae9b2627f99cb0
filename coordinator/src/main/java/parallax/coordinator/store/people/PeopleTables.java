package parallax.coordinator.store.people;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.People;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Sql;

/** What people write, and the audit of it. */
public final class PeopleTables implements People {
  private final Database durable;
  private final Database reader;
  private final Neighbours neighbours;

  /** What is written and read in other tables, in the same transaction. */
  public interface Neighbours {
    Optional<Incident> incident(Sql sql, IncidentId id) throws SQLException;

    /** Keeps all others from recording anything; before anything else of the transaction. */
    void lock(Sql sql) throws SQLException;

    void audit(Sql sql, AuditEntry entry, Instant at) throws SQLException;

    /** The newest epoch; it stays that until the transaction ends. */
    long epoch(Sql sql) throws SQLException;
  }

  public PeopleTables(Database durable, Database reader, Neighbours neighbours) {
    this.durable = durable;
    this.reader = reader;
    this.neighbours = neighbours;
  }

  @Override
  public Noted note(IncidentId id, String who, Happening.Deed deed, Instant at) {
    return durable.transaction(
        "writing down what was done",
        sql -> {
          neighbours.lock(sql);
          Optional<Incident> incident = neighbours.incident(sql, id);
          if (incident.isEmpty()) {
            return new Noted.Unknown();
          }
          if (deed instanceof Happening.Acknowledged) {
            Optional<Entry> already = NotebookTable.acknowledgement(sql, id);
            if (!incident.get().isOpen()) {
              return new Noted.Over();
            }
            if (already.isPresent()) {
              return new Noted.Already(already.get());
            }
          }
          return added(sql, new NotebookTable.Draft(id, at, who, deed));
        });
  }

  private Noted added(Sql sql, NotebookTable.Draft draft) throws SQLException {
    Optional<Entry> written = NotebookTable.add(sql, draft);
    if (written.isEmpty()) {
      return new Noted.Full();
    }
    String action =
        switch (draft.what().kind()) {
          case ACKNOWLEDGED -> "incident acknowledged";
          case NOTE -> "incident noted";
          case ACTION -> "incident action";
          case OPENED, JOINED, CHANGED, PUBLISHED, TOLD, RESOLVED, REOPENED -> "incident";
        };
    neighbours.audit(
        sql,
        new AuditEntry(
            written.get().who(), action, draft.incident() + ", entry " + written.get().sequence()),
        draft.happened());
    return new Noted.Written(written.get());
  }

  @Override
  public List<Entry> notebook(IncidentId incident) {
    return reader.alone("reading the notebook", sql -> NotebookTable.of(sql, incident));
  }

  @Override
  public List<Entry> notebookAfter(long sequence, int limit) {
    return reader.alone("reading the notebook", sql -> NotebookTable.after(sql, sequence, limit));
  }

  @Override
  public long notebookEnd() {
    return reader.alone("reading the notebook", NotebookTable::end);
  }

  @Override
  public boolean silence(Silence silence) {
    return durable.transaction(
        "recording a silence",
        sql -> {
          neighbours.lock(sql);
          if (SilenceTable.find(sql, silence.id()).isPresent()) {
            return true;
          }
          boolean added = SilenceTable.add(sql, silence);
          if (added) {
            String what = silence.id() + " until " + silence.until() + ": " + silence.reason();
            neighbours.audit(
                sql, new AuditEntry(silence.who(), "silence", what), silence.created());
          }
          return added;
        });
  }

  @Override
  public Optional<Silence> endSilence(String id, String who, Instant at) {
    return durable.transaction(
        "ending a silence",
        sql -> {
          neighbours.lock(sql);
          Optional<Silence> found = SilenceTable.find(sql, id);
          if (found.isEmpty() || !at.isBefore(found.get().end())) {
            return found;
          }
          SilenceTable.end(sql, id, at);
          neighbours.audit(sql, new AuditEntry(who, "silence ended", id), at);
          return Optional.of(found.get().endedAt(at));
        });
  }

  @Override
  public List<Silence> silences(Instant at) {
    return reader.alone("reading silences", sql -> SilenceTable.notOver(sql, at));
  }

  @Override
  public boolean heard(Heard heard) {
    return durable.transaction("keeping a heartbeat", sql -> HeartbeatTable.hear(sql, heard));
  }

  @Override
  public List<Heard> heartbeats() {
    return reader.alone("reading heartbeats", HeartbeatTable::all);
  }
}
