package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.Cases;
import parallax.coordinator.core.incident.Dependants;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.unit.Setting;
import parallax.coordinator.core.verdict.Suspicion;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Routes;
import parallax.coordinator.core.watch.Watchlist;

/**
 * All that the core knows. Immutable: a step gives a new state that shares what did not change, so
 * any thread may read any state. Changed by {@link Turn} only.
 *
 * @param queue targets by when they are to be looked after
 * @param cases incidents that are open, and those that were until lately
 * @param caseOf the case of each target that has one
 * @param pairs what fails for one probe and is not known to be down, by probe
 * @param blind since when too few probes can be heard to tell anything
 * @param wake when incidents and probes are to be looked after; may be early, never late
 * @param setBacks how often the clock was set back: what was named before is never named again
 */
public record State(
    Watchlist watchlist,
    SortedTree<Key, TargetRecord> records,
    SortedTree<Due, TargetName> queue,
    Fleet fleet,
    Routes routes,
    Dependants dependants,
    Cases cases,
    SortedTree<TargetName, IncidentId> caseOf,
    SortedTree<Integer, SortedTree<Pair, Pair>> pairs,
    Suspicion suspicion,
    Optional<Instant> blind,
    Memory memory,
    Instant ticked,
    Instant wake,
    int setBacks,
    Instant at) {

  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.comparing(Incident::opened).reversed().thenComparing(Incident::id);

  /** When a target is to be looked after; lazily kept: an entry may be early, never late. */
  record Due(Instant when, TargetName target) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = when.compareTo(other.when);
      return byTime != 0 ? byTime : target.compareTo(other.target);
    }
  }

  /** A name to be found fast: numbers are compared quicker than URLs that begin alike. */
  record Key(int hash, TargetName name) implements Comparable<Key> {
    static Key of(TargetName name) {
      return new Key(name.hashCode(), name);
    }

    @Override
    public int compareTo(Key other) {
      int byHash = Integer.compare(hash, other.hash);
      return byHash != 0 ? byHash : name.compareTo(other.name);
    }
  }

  /**
   * A unit that fails for one probe.
   *
   * @param unit index among the units of the target
   * @param since when its first failing look was taken in
   */
  record Pair(TargetName target, int unit, Instant since) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byTarget = target.compareTo(other.target);
      return byTarget != 0 ? byTarget : Integer.compare(unit, other.unit);
    }
  }

  /** Nothing is watched and nothing is known. */
  public static State initial() {
    return remembering(Memory.NONE);
  }

  /** Nothing is watched yet; what is remembered comes to count with the first configuration. */
  public static State remembering(Memory memory) {
    return new State(
        Watchlist.EMPTY,
        SortedTree.empty(),
        SortedTree.empty(),
        Fleet.EMPTY,
        Routes.NONE,
        Dependants.NONE,
        Cases.NONE,
        SortedTree.empty(),
        SortedTree.empty(),
        Suspicion.START,
        Optional.empty(),
        memory,
        Instant.MIN,
        Instant.MAX,
        0,
        Instant.MIN);
  }

  Optional<TargetRecord> record(TargetName target) {
    return records.get(Key.of(target));
  }

  private Setting setting(TargetRecord record) {
    return new Setting(fleet, record.watched().from(), suspicion.priors(), watchlist.rules(), at);
  }

  /** What is held of a target; empty when it is not watched. */
  public Optional<Verdict> verdict(TargetName target) {
    return record(target).map(record -> Verdicts.of(record, setting(record)));
  }

  /** What is held of every target, by name. */
  public List<Verdict> verdicts() {
    return records.values().stream()
        .sorted(Comparator.comparing(TargetRecord::name))
        .map(record -> Verdicts.of(record, setting(record)))
        .toList();
  }

  /** Newest first. */
  public List<Incident> openIncidents() {
    return cases.values().stream()
        .map(Case::incident)
        .filter(Incident::isOpen)
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /**
   * The first instant at which a tick would change something; empty: none until something arrives.
   * May be early, never late. Costs the same however much is watched and however much fails.
   */
  public Optional<Instant> due() {
    Instant first = queue.first().map(entry -> earlier(wake, entry.getKey().when())).orElse(wake);
    return first.equals(Instant.MAX) ? Optional.empty() : Optional.of(first);
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether what is known is from a future too far to be a matter of clocks that disagree. */
  boolean isAheadOf(Instant now) {
    return at.isAfter(now.plus(MAX_AHEAD));
  }

  /** How far ahead a clock may be and still be believed. */
  static final Duration MAX_AHEAD = Duration.ofSeconds(5);
}
