package parallax.coordinator.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.Freshness;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.verdict.Verdict;

/**
 * All that the core knows. Immutable: a step gives a new state that shares what did not change, so
 * any thread may read any state. Changed by {@link Core} only.
 */
public final class State {
  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.comparing(Incident::opened).reversed().thenComparing(Incident::id);

  private final Optional<Configuration> configuration;
  private final SortedTree<Key, TargetRecord> records;
  private final SortedTree<TargetName, Incident> open;
  private final SortedTree<Due, TargetName> due;
  private final Memory memory;
  private final Instant at;

  private State(Optional<Configuration> configuration, Tables tables, Memory memory, Instant at) {
    this.configuration = configuration;
    this.records = tables.records();
    this.open = tables.open();
    this.due = tables.due();
    this.memory = memory;
    this.at = at;
  }

  /** When a target is to be looked after; lazily kept: an entry may be early, never late. */
  private record Due(Instant when, TargetName target) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = when.compareTo(other.when);
      return byTime != 0 ? byTime : target.compareTo(other.target);
    }
  }

  /** A name to be found fast: numbers are compared quicker than URLs that begin alike. */
  private record Key(int hash, TargetName name) implements Comparable<Key> {
    static Key of(TargetName name) {
      return new Key(name.hashCode(), name);
    }

    @Override
    public int compareTo(Key other) {
      int byHash = Integer.compare(hash, other.hash);
      return byHash != 0 ? byHash : name.compareTo(other.name);
    }
  }

  private record Tables(
      SortedTree<Key, TargetRecord> records,
      SortedTree<TargetName, Incident> open,
      SortedTree<Due, TargetName> due) {}

  /** Nothing is watched and nothing is known. */
  public static State initial() {
    return remembering(Memory.NONE);
  }

  /** Nothing is watched yet; what is remembered comes to count with the first configuration. */
  static State remembering(Memory memory) {
    return new State(
        Optional.empty(),
        new Tables(SortedTree.empty(), SortedTree.empty(), SortedTree.empty()),
        memory,
        Instant.MIN);
  }

  /** What is held of a target; empty when it is not watched. */
  public Optional<Verdict> verdict(TargetName target) {
    return records.get(Key.of(target)).map(record -> record.verdict(at));
  }

  /** What is held of every target, by name. */
  public List<Verdict> verdicts() {
    return records().stream().map(record -> record.verdict(at)).toList();
  }

  /** Newest first. */
  public List<Incident> openIncidents() {
    List<Incident> incidents = configuration.isPresent() ? open.values() : memory.open();
    return incidents.stream().sorted(NEWEST_FIRST).toList();
  }

  /** What is fresh about a target, newest first; empty when it is not watched. */
  public List<Evidence> evidence(TargetName target) {
    return records
        .get(Key.of(target))
        .map(record -> record.book().evidenceAt(at))
        .orElse(List.of());
  }

  Optional<Configuration> configuration() {
    return configuration;
  }

  Memory memory() {
    return memory;
  }

  Optional<TargetRecord> record(TargetName target) {
    return records.get(Key.of(target));
  }

  /** By name. */
  List<TargetRecord> records() {
    return records.values().stream()
        .sorted(Comparator.comparing(record -> record.target().name()))
        .toList();
  }

  Optional<Incident> openIncident(TargetName target) {
    return open.get(target);
  }

  /** Whether what is known is from a future too far to be a matter of clocks that disagree. */
  boolean isAheadOf(Instant now) {
    return at.isAfter(now.plus(Freshness.MAX_AHEAD));
  }

  State at(Instant now) {
    return new State(configuration, tables(), memory, now);
  }

  /** This state under another configuration; what was remembered was taken over by now. */
  State configured(Configuration other) {
    return new State(Optional.of(other), tables(), Memory.NONE, at);
  }

  /** This state with a changed record, queued for when its evidence fades. */
  State with(TargetRecord record) {
    TargetName target = record.target().name();
    Optional<Instant> fades = record.book().due();
    boolean early =
        fades.isPresent() && record.queued().filter(when -> !when.isAfter(fades.get())).isEmpty();
    if (!early) {
      return with(new Tables(records.with(Key.of(target), record), open, due));
    }
    TargetRecord queued = record.withQueued(fades);
    SortedTree<Due, TargetName> queue = without(record).with(new Due(fades.get(), target), target);
    return with(new Tables(records.with(Key.of(target), queued), open, queue));
  }

  /** The first target that is to be looked after by now, if there is one. */
  Optional<TargetRecord> nextDue() {
    return due.first()
        .filter(entry -> !entry.getKey().when().isAfter(at))
        .flatMap(entry -> records.get(Key.of(entry.getValue())));
  }

  /** This state with a target taken out of the queue. */
  State unqueued(TargetRecord record) {
    TargetRecord changed = record.withQueued(Optional.empty());
    return with(
        new Tables(records.with(Key.of(record.target().name()), changed), open, without(record)));
  }

  private SortedTree<Due, TargetName> without(TargetRecord record) {
    return record
        .queued()
        .map(when -> due.without(new Due(when, record.target().name())))
        .orElse(due);
  }

  /** This state without a target, its evidence and its incident. */
  State forgetting(TargetRecord record) {
    TargetName target = record.target().name();
    return with(new Tables(records.without(Key.of(target)), open.without(target), without(record)));
  }

  /** This state with the incident of a target: kept while it is open, let go when it is over. */
  State with(TargetName target, Incident incident) {
    SortedTree<TargetName, Incident> changed =
        incident.isOpen() ? open.with(target, incident) : open.without(target);
    return with(new Tables(records, changed, due));
  }

  private State with(Tables tables) {
    return new State(configuration, tables, memory, at);
  }

  private Tables tables() {
    return new Tables(records, open, due);
  }
}
