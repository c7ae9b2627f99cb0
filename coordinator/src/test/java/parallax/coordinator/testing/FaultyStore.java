package parallax.coordinator.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import parallax.coordinator.store.StoreException;

/** A store that fails, or hangs, on demand, before anything is done. */
public final class FaultyStore implements Store {
  private final Store store;
  private volatile boolean failing;
  private volatile boolean refusing;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<String> writes = new CopyOnWriteArrayList<>();

  public FaultyStore(Store store) {
    this.store = store;
  }

  /** From now on every call fails, as with a full disk. */
  public void fail(boolean value) {
    failing = value;
  }

  /** From now on recording several effects at once fails in a way that a retry can't mend. */
  public void refuse(boolean value) {
    refusing = value;
  }

  /** How many calls failed. */
  public int failures() {
    return failures.get();
  }

  /** From now on every call waits until the latch is counted down. */
  public CountDownLatch hold() {
    CountDownLatch release = new CountDownLatch(1);
    held = release;
    return release;
  }

  /** The writes that were made, in order: record or append. */
  public List<String> writes() {
    return List.copyOf(writes);
  }

  /** How many calls there were, those included that are held up. */
  public int calls() {
    return calls.get();
  }

  private Store working() {
    calls.incrementAndGet();
    try {
      if (!held.await(30, TimeUnit.SECONDS)) {
        throw new StoreException("held for ever", new IllegalStateException("held"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failing) {
      failures.incrementAndGet();
      throw new StoreException("the disk is full", new IllegalStateException("disk"));
    }
    return store;
  }

  @Override
  public Runs runs() {
    return working().runs();
  }

  @Override
  public Reports reports() {
    return working().reports();
  }

  @Override
  public Sessions sessions() {
    // Asked once a second, whatever a test does, so it is not counted.
    if (failing) {
      throw new StoreException("the disk is full", new IllegalStateException("disk"));
    }
    return store.sessions();
  }

  @Override
  public Epoch takeOver() {
    return working().takeOver();
  }

  @Override
  public Recorded record(Epoch epoch, List<Effect> effects, Instant at) {
    if (refusing && effects.size() > 1) {
      throw new IllegalArgumentException("one of these cannot be written");
    }
    Recorded recorded = working().record(epoch, effects, at);
    writes.add("record");
    return recorded;
  }

  @Override
  public void append(List<Evidence> evidence) {
    working().append(evidence);
    writes.add("append");
  }

  @Override
  public Remembered remembered() {
    return working().remembered();
  }

  @Override
  public List<Interval> intervals(TargetName target, Instant from, Instant to) {
    return working().intervals(target, from, to);
  }

  @Override
  public Page<Incident> incidents(Optional<Boolean> open, Optional<String> cursor, int limit) {
    return working().incidents(open, cursor, limit);
  }

  @Override
  public Optional<Incident> incident(IncidentId id) {
    return working().incident(id);
  }

  @Override
  public List<Delivery> deliveries(IncidentId id) {
    return working().deliveries(id);
  }

  @Override
  public Page<Evidence> evidence(
      TargetName target, Instant from, Instant to, Optional<String> cursor, int limit) {
    return working().evidence(target, from, to, cursor, limit);
  }

  @Override
  public Optional<Evidence> evidence(ObservationId id) {
    return working().evidence(id);
  }

  @Override
  public List<Delivery> claim(Instant now, Duration lease, Room room) {
    return working().claim(now, lease, room);
  }

  @Override
  public void delivered(String key, Instant at, Optional<String> thread) {
    working().delivered(key, at, thread);
  }

  @Override
  public void failed(Attempt attempt, String why, Instant at, Optional<Instant> retry) {
    working().failed(attempt, why, at, retry);
  }

  @Override
  public Noted note(IncidentId incident, String who, Happening.Deed deed, Instant at) {
    return working().note(incident, who, deed, at);
  }

  @Override
  public List<Entry> notebook(IncidentId incident) {
    return working().notebook(incident);
  }

  @Override
  public List<Entry> notebookAfter(long sequence, int limit) {
    return working().notebookAfter(sequence, limit);
  }

  @Override
  public long notebookEnd() {
    return working().notebookEnd();
  }

  @Override
  public boolean silence(Silence silence) {
    return working().silence(silence);
  }

  @Override
  public Optional<Silence> endSilence(String id, String who, Instant at) {
    return working().endSilence(id, who, at);
  }

  @Override
  public List<Silence> silences(Instant at) {
    return working().silences(at);
  }

  @Override
  public boolean heard(Heard heard) {
    return working().heard(heard);
  }

  @Override
  public List<Heard> heartbeats() {
    return working().heartbeats();
  }

  @Override
  public Page<AuditEntry.Row> audited(
      AuditEntry.Filter filter, Optional<String> cursor, int limit) {
    return working().audited(filter, cursor, limit);
  }

  @Override
  public Optional<AuditTrail> auditTrail(long most) {
    return working().auditTrail(most);
  }

  @Override
  public void audit(AuditEntry entry, Instant at) {
    working().audit(entry, at);
  }

  @Override
  public boolean isAudited(String action, String detail, Instant since) {
    return working().isAudited(action, detail, since);
  }

  @Override
  public void took(TargetName target, Instant from, Instant to, Look look) {
    working().took(target, from, to, look);
  }

  @Override
  public Optional<Instant> receivedBeforeNewest(long rows) {
    return working().receivedBeforeNewest(rows);
  }

  @Override
  public int prune(Instant before, int limit) {
    return working().prune(before, limit);
  }

  @Override
  public void close() {
    store.close();
  }
}
