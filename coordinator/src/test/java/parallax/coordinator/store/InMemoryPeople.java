package parallax.coordinator.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.silence.Silence;

/** What people write, in memory. Guarded by whoever holds it. */
final class InMemoryPeople implements People {
  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<String, Silence> silences = new TreeMap<>();
  private final TreeMap<String, Heard> heard = new TreeMap<>();
  private final Function<IncidentId, Optional<Incident>> incidents;
  private final Audit audit;

  /** Keeps what was done. */
  interface Audit {
    void take(AuditEntry entry, Instant at);
  }

  InMemoryPeople(Function<IncidentId, Optional<Incident>> incidents, Audit audit) {
    this.incidents = incidents;
    this.audit = audit;
  }

  void write(IncidentId incident, Instant at, String who, Happening what) {
    if (what.isAlwaysKept() || notebook(incident).size() < Entry.MAX_ENTRIES) {
      entries.add(new Entry(notebookEnd() + 1, incident, at, who, what));
    }
  }

  void always(IncidentId incident, Instant at, String who, Happening what) {
    entries.add(new Entry(notebookEnd() + 1, incident, at, who, what));
  }

  @Override
  public Noted note(IncidentId id, String who, Happening.Deed deed, Instant at) {
    Optional<Incident> incident = incidents.apply(id);
    if (incident.isEmpty()) {
      return new Noted.Unknown();
    }
    if (deed instanceof Happening.Acknowledged) {
      if (!incident.get().isOpen()) {
        return new Noted.Over();
      }
      Optional<Entry> holds =
          notebook(id).reversed().stream()
              .filter(
                  entry ->
                      entry.what() instanceof Happening.Acknowledged
                          || entry.what() instanceof Happening.Reopened)
              .findFirst()
              .filter(entry -> entry.what() instanceof Happening.Acknowledged);
      if (holds.isPresent()) {
        return new Noted.Already(holds.get());
      }
    }
    if (notebook(id).size() >= Entry.MAX_WITH_PEOPLES) {
      return new Noted.Full();
    }
    entries.add(new Entry(notebookEnd() + 1, id, at, who, deed));
    String action =
        deed instanceof Happening.Acknowledged ? "incident acknowledged" : "incident noted";
    audit.take(new AuditEntry(who, action, id + ", entry " + notebookEnd()), at);
    return new Noted.Written(entries.getLast());
  }

  @Override
  public List<Entry> notebook(IncidentId incident) {
    return entries.stream().filter(entry -> entry.incident().equals(incident)).toList();
  }

  @Override
  public List<Entry> notebookAfter(long sequence, int limit) {
    return entries.stream().filter(entry -> entry.sequence() > sequence).limit(limit).toList();
  }

  @Override
  public long notebookEnd() {
    return entries.size();
  }

  @Override
  public boolean silence(Silence silence) {
    boolean known = silences.containsKey(silence.id());
    if (!known && silences(silence.created()).size() >= MAX_SILENCES) {
      return false;
    }
    silences.putIfAbsent(silence.id(), silence);
    return true;
  }

  @Override
  public Optional<Silence> endSilence(String id, String who, Instant at) {
    silences.computeIfPresent(
        id, (_, known) -> at.isBefore(known.end()) ? known.endedAt(at) : known);
    Optional<Silence> ended = Optional.ofNullable(silences.get(id));
    ended.ifPresent(_ -> audit.take(new AuditEntry(who, "silence ended", id), at));
    return ended;
  }

  @Override
  public List<Silence> silences(Instant at) {
    return silences.values().stream()
        .filter(each -> each.end().isAfter(at))
        .sorted(Comparator.comparing(Silence::from).thenComparing(Silence::id))
        .toList();
  }

  @Override
  public boolean heard(Heard said) {
    if (!heard.containsKey(said.name()) && heard.size() >= MAX_HEARTBEATS) {
      return false;
    }
    heard.merge(said.name(), said, (old, now) -> now.at().isBefore(old.at()) ? old : now);
    return true;
  }

  @Override
  public List<Heard> heartbeats() {
    return List.copyOf(heard.values());
  }
}
