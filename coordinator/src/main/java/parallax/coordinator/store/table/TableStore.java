package parallax.coordinator.store.table;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import parallax.config.observation.ObservationId;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Sessions;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Recorded;
import parallax.coordinator.store.Reports;
import parallax.coordinator.store.Room;
import parallax.coordinator.store.Runs;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.people.NotebookTable;
import parallax.coordinator.store.people.PeopleTables;
import parallax.coordinator.store.people.ReportTable;
import parallax.coordinator.store.people.RunTable;
import parallax.coordinator.store.people.SessionTable;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Sql;

/** The record as tables of one database. */
public final class TableStore implements Store {
  private static final String TOLD = "recording what was told";

  private final Database durable;
  private final Database bulk;
  private final Database reader;
  private final Runnable closing;
  private final PeopleTables people;
  private final RunTable runs;
  private final ReportTable reports;
  private final SessionTable sessions;
  private final EvidenceTable evidence = new EvidenceTable();
  private final ReentrantLock appending = new ReentrantLock();

  /**
   * The ways to the database; they may be one and the same.
   *
   * @param durable for what must be on disk before a call returns
   * @param bulk for what may lose its last moments
   */
  public record Ways(Database durable, Database bulk, Database reader) {}

  /**
   * A store of tables that are there.
   *
   * @param closing closes the ways, and what belongs to them
   */
  public TableStore(Ways ways, Runnable closing) {
    this.durable = ways.durable();
    this.bulk = ways.bulk();
    this.reader = ways.reader();
    this.closing = closing;
    Neighbours neighbours = new Neighbours();
    people = new PeopleTables(durable, reader, neighbours);
    runs = new RunTable(durable, reader, neighbours);
    reports = new ReportTable(durable, reader);
    sessions = new SessionTable(durable, reader);
  }

  @Override
  public Epoch takeOver() {
    return durable.transaction(
        "taking over",
        sql -> {
          Epoch next = EpochTable.next(sql);
          OutboxTable.release(sql);
          return next;
        });
  }

  @Override
  public Recorded record(Epoch epoch, List<Effect> effects, Instant at) {
    return durable.transaction(
        "recording what was decided",
        sql -> {
          long newest = EpochTable.newest(sql);
          if (newest > epoch.number()) {
            return new Recorded.Outdated(new Epoch(newest));
          }
          List<NotebookTable.Draft> drafts = new ArrayList<>();
          for (Effect effect : effects) {
            drafts.addAll(record(sql, effect, at));
          }
          NotebookTable.append(sql, drafts);
          return new Recorded.Written();
        });
  }

  /** Records an effect, and tells what is to be written down of it. */
  private static List<NotebookTable.Draft> record(Sql sql, Effect effect, Instant at)
      throws SQLException {
    switch (effect) {
      case Effect.VerdictChanged(var verdict) -> IntervalTable.change(sql, verdict, at);
      case Effect.TargetForgotten(var target) -> IntervalTable.end(sql, target, at);
      case Effect.IncidentChanged(var incident) -> {
        return IncidentTable.change(sql, incident, at);
      }
      case Effect.Tell(var notice) -> OutboxTable.plan(sql, notice, at);
      case Effect.AskAgain _ -> {}
    }
    return List.of();
  }

  @Override
  public void append(List<Evidence> looks) {
    // Ids that are given out inside a transaction are known to it alone.
    appending.lock();
    boolean written = false;
    try {
      bulk.transaction(
          "appending evidence",
          sql -> {
            evidence.append(sql, looks);
            return true;
          });
      written = true;
    } finally {
      if (!written) {
        evidence.forgetIds();
      }
      appending.unlock();
    }
  }

  @Override
  public Remembered remembered() {
    return reader.snapshot(
        "reading what was held",
        sql ->
            new Remembered(
                IntervalTable.held(sql),
                IncidentTable.open(sql),
                OutboxTable.ofOpen(sql),
                IncidentTable.latest(sql)));
  }

  @Override
  public List<Interval> intervals(TargetName target, Instant from, Instant to) {
    return reader.alone("reading intervals", sql -> IntervalTable.touching(sql, target, from, to));
  }

  @Override
  public Page<Incident> incidents(Optional<Boolean> open, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    return reader.alone(
        "reading incidents", sql -> IncidentTable.page(sql, open, after, bounded(limit)));
  }

  @Override
  public Optional<Incident> incident(IncidentId id) {
    return reader.alone("reading an incident", sql -> IncidentTable.find(sql, id));
  }

  @Override
  public List<Delivery> deliveries(IncidentId id) {
    return reader.alone("reading notices", sql -> OutboxTable.of(sql, id));
  }

  @Override
  public Page<Evidence> evidence(
      TargetName target, Instant from, Instant to, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    Instant[] range = {from, to};
    return reader.alone(
        "reading evidence", sql -> evidence.page(sql, target, range, after, bounded(limit)));
  }

  @Override
  public void took(TargetName target, Instant from, Instant to, Look look) {
    reader.snapshot(
        "reading how long looks took",
        sql -> {
          EvidenceTable.took(sql, target, new Instant[] {from, to}, look);
          return true;
        });
  }

  @Override
  public Optional<Evidence> evidence(ObservationId id) {
    return reader.alone("reading one piece of evidence", sql -> evidence.find(sql, id));
  }

  @Override
  public List<Delivery> claim(Instant now, Duration lease, Room room) {
    return room.free() == 0
        ? List.of()
        : durable.transaction(
            "taking on what is to be told",
            sql -> OutboxTable.claim(sql, now, now.plus(lease), room));
  }

  @Override
  public void delivered(String key, Instant at, Optional<String> thread) {
    settle(
        TOLD,
        sql -> {
          if (OutboxTable.deliver(sql, key, at, thread)) {
            NotebookTable.append(sql, OutboxTable.told(sql, key, at, Optional.empty()));
          }
        });
  }

  @Override
  public void failed(Attempt attempt, String why, Instant at, Optional<Instant> retry) {
    settle(
        TOLD,
        sql -> {
          if (OutboxTable.fail(sql, attempt, why, retry) && retry.isEmpty()) {
            NotebookTable.append(sql, OutboxTable.told(sql, attempt.key(), at, Optional.of(why)));
          }
        });
  }

  private interface Settling {
    void in(Sql sql) throws SQLException;
  }

  private void settle(String what, Settling settling) {
    durable.transaction(
        what,
        sql -> {
          settling.in(sql);
          return true;
        });
  }

  @Override
  public Noted note(IncidentId incident, String who, Happening.Deed deed, Instant at) {
    return people.note(incident, who, deed, at);
  }

  @Override
  public List<Entry> notebook(IncidentId incident) {
    return people.notebook(incident);
  }

  @Override
  public List<Entry> notebookAfter(long sequence, int limit) {
    return people.notebookAfter(sequence, limit);
  }

  @Override
  public long notebookEnd() {
    return people.notebookEnd();
  }

  @Override
  public boolean silence(Silence silence) {
    return people.silence(silence);
  }

  @Override
  public Optional<Silence> endSilence(String id, String who, Instant at) {
    return people.endSilence(id, who, at);
  }

  @Override
  public List<Silence> silences(Instant at) {
    return people.silences(at);
  }

  @Override
  public boolean heard(Heard heard) {
    return people.heard(heard);
  }

  @Override
  public List<Heard> heartbeats() {
    return people.heartbeats();
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Reports reports() {
    return reports;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  /** The tables that what people do is written to as well. */
  private static final class Neighbours implements PeopleTables.Neighbours {
    @Override
    public Optional<Incident> incident(Sql sql, IncidentId id) throws SQLException {
      return IncidentTable.find(sql, id);
    }

    @Override
    public void lock(Sql sql) throws SQLException {
      AuditTable.lock(sql);
    }

    @Override
    public void audit(Sql sql, AuditEntry entry, Instant at) throws SQLException {
      AuditTable.append(sql, entry, at);
    }

    @Override
    public long epoch(Sql sql) throws SQLException {
      return EpochTable.newest(sql);
    }
  }

  @Override
  public void audit(AuditEntry entry, Instant at) {
    settle("recording what was done", sql -> AuditTable.append(sql, entry, at));
  }

  @Override
  public boolean isAudited(String action, String detail, Instant since) {
    return reader.alone(
        "looking for what was done", sql -> AuditTable.holds(sql, action, detail, since));
  }

  @Override
  public Page<AuditEntry.Row> audited(
      AuditEntry.Filter filter, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    return reader.alone(
        "reading what was done", sql -> AuditTable.page(sql, filter, after, bounded(limit)));
  }

  @Override
  public Optional<AuditTrail> auditTrail(long most) {
    return reader.snapshot("following what was done", sql -> AuditTable.read(sql, most));
  }

  @Override
  public Optional<Instant> receivedBeforeNewest(long rows) {
    return reader.alone("counting evidence", sql -> EvidenceTable.receivedBeforeNewest(sql, rows));
  }

  @Override
  public int prune(Instant before, int limit) {
    return bulk.transaction("pruning evidence", sql -> EvidenceTable.prune(sql, before, limit));
  }

  static int bounded(int limit) {
    return Math.clamp(limit, 1, MAX_PAGE);
  }

  @Override
  public void close() {
    closing.run();
  }
}
