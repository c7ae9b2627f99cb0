package parallax.coordinator.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import parallax.config.Configuration;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/**
 * What readers are shown, kept up to date by the decision thread and published as an immutable
 * {@link Snapshot}. Written by one thread; {@link #snapshot} may be read by any.
 */
final class Board {
  /** Of more probes than this the further ones are decided upon but not shown. */
  static final int MAX_PROBES = 1000;

  /** What a verdict of many votes rests on is put together anew only so often. */
  static final Duration MANY_EVERY = Duration.ofSeconds(1);

  private static final Comparator<Target> BY_NAME = Comparator.comparing(Target::name);

  private final SortedMap<ProbeName, ProbeView> probes = new TreeMap<>();

  /** Those of which something was seen since they were shown. */
  private final Set<TargetName> stale = new HashSet<>();

  private Configuration configuration;
  private List<TargetView> views = List.of();
  private Map<TargetName, Integer> positions = new HashMap<>();
  private List<Incident> open = List.of();
  private List<Silence> silences = List.of();
  private SortedMap<String, Instant> failing = new TreeMap<>();
  private boolean changed = true;
  private Instant refreshed = Instant.EPOCH;
  private volatile Snapshot published;

  Board(Instant at) {
    published = Snapshot.empty(at);
    configuration = published.configuration();
  }

  Snapshot snapshot() {
    return published;
  }

  /** Takes over a configuration; targets that stay keep what is known of them. */
  void configure(Configuration value, Decider decider, Instant now) {
    Map<TargetName, TargetView> before = new LinkedHashMap<>();
    views.forEach(view -> before.put(view.target().name(), view));
    List<TargetView> after = new ArrayList<>(value.targets().size());
    Map<TargetName, Integer> index = HashMap.newHashMap(value.targets().size());
    for (Target target : value.targets().stream().sorted(BY_NAME).toList()) {
      index.put(target.name(), after.size());
      Verdict verdict = decider.verdict(target.name()).orElseGet(() -> undecided(target, now));
      TargetView old = before.get(target.name());
      after.add(
          old == null
              ? new TargetView(
                  target,
                  verdict,
                  List.of(),
                  UptimeHistory.EMPTY.with(verdict.since(), verdict.state()),
                  Optional.empty())
              : old.reconfigured(target, verdict));
    }
    configuration = value;
    views = after;
    positions = index;
    changed = true;
  }

  Configuration configuration() {
    return configuration;
  }

  boolean knows(TargetName target) {
    return positions.containsKey(target);
  }

  void saw(Evidence evidence) {
    ProbeName probe = evidence.observation().vantage().probe();
    ProbeView known = probes.get(probe);
    if (known != null || probes.size() < MAX_PROBES) {
      ProbeView before =
          known != null
              ? known
              : ProbeView.unheard(evidence.observation().vantage(), evidence.received());
      probes.put(probe, before.hearing(evidence));
      changed = true;
    }
    TargetName name = evidence.observation().target();
    if (update(name, view -> view.seeing(evidence))) {
      stale.add(name);
    }
  }

  /** A new interval began; by now the verdict may rest on newer evidence, or be another. */
  void judged(Verdict verdict, Decider decider) {
    update(
        verdict.target(),
        view ->
            view.withVerdict(decider.verdict(verdict.target()).orElse(verdict))
                .withUptime(view.uptime().with(verdict.since(), verdict.state())));
  }

  void remembered(TargetName target, UptimeHistory older) {
    update(target, view -> view.withUptime(view.uptime().preceded(older)));
  }

  /** For what nobody is told now. */
  void silences(List<Silence> value) {
    silences = List.copyOf(value);
    changed = true;
  }

  /** Receivers at which nothing arrives, and since when. */
  void failing(SortedMap<String, Instant> value) {
    changed |= !failing.equals(value);
    failing = new TreeMap<>(value);
  }

  List<Silence> silences() {
    return silences;
  }

  void incidents(List<Incident> value) {
    open = List.copyOf(value);
    changed = true;
  }

  /**
   * Shows what changed, and in any case that time has passed. What a verdict rests on takes as long
   * to put together as a target has voters: so it is done once for all that was seen meanwhile, and
   * less often where they are many.
   */
  void publish(Decider decider, Instant now) {
    boolean all = !now.isBefore(refreshed.plus(MANY_EVERY)) || now.isBefore(refreshed);
    stale.removeIf(
        name -> {
          boolean due = all || !hasManyVotes(name);
          if (due) {
            update(name, view -> refreshed(view, decider.verdict(name)));
          }
          return due;
        });
    refreshed = all ? now : refreshed;
    published =
        changed
            ? new Snapshot(
                now, configuration, views, open, List.copyOf(probes.values()), silences, failing)
            : published.asOf(now);
    changed = false;
  }

  private boolean hasManyVotes(TargetName name) {
    Integer position = positions.get(name);
    return position != null && views.get(position).verdict().votes().size() >= Verdict.MAX_VOTES;
  }

  /** Whether anything is shown otherwise than before. */
  @SuppressWarnings("ReferenceEquality") // what nothing changed is the same, and long to compare
  private boolean update(TargetName name, UnaryOperator<TargetView> change) {
    Integer position = positions.get(name);
    if (position == null) {
      return false;
    }
    TargetView before = views.get(position);
    TargetView after = change.apply(before);
    views.set(position, after);
    changed |= after != before;
    return after != before;
  }

  private static TargetView refreshed(TargetView view, Optional<Verdict> verdict) {
    return verdict.map(view::withVerdict).orElse(view);
  }

  private static Verdict undecided(Target target, Instant now) {
    return new Verdict(
        target.name(),
        TargetState.UNKNOWN,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        now,
        0,
        List.of(),
        Why.rule("nothing was seen yet"));
  }
}
