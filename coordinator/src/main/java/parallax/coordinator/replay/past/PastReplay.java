package parallax.coordinator.replay.past;

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
import java.util.TreeSet;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.policy.DecisionRules;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.configuration.Watchlists;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.dependency.LearntDependencies;
import parallax.coordinator.store.Archive;
import parallax.coordinator.store.Store;

/**
 * Runs the core through what is on record, on the record's own time. It weighs what was seen then:
 * looks that other rules would have asked for were never made. What signs of life the probes gave
 * is inferred from what they said next, so a silence shorter than the look ahead is not seen.
 */
public final class PastReplay {
  /** So much of the record before the time in question is taken in to know how things stood. */
  public static final Duration BEFORE = Duration.ofMinutes(15);

  /** More incidents than this are not read from the record. */
  private static final int MAX_INCIDENTS = 100_000;

  private static final Duration LEAST_AHEAD = Duration.ofMinutes(5);
  private static final Duration MOST_AHEAD = Duration.ofHours(1);

  /** So long after the end of the record nobody is missed yet. */
  private static final Duration AFTER = Fleet.SILENCE.minus(Fleet.BEAT);

  private static final int AHEAD_INTERVALS = 3;
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final Watchlist watchlist;
  private final Set<TargetName> watched = new HashSet<>();
  private final Arrivals arrivals;
  private final Duration ahead;
  private final Map<IncidentId, Alert> alerts = new LinkedHashMap<>();
  private final TreeSet<TargetName> unknown = new TreeSet<>();
  private final Map<ProbeName, Alive> alive = new HashMap<>();
  private LearntDependencies learnt = new LearntDependencies();
  private State state = State.initial();
  private Instant now;
  private long looks;
  private int gaps;

  /**
   * A probe that says something.
   *
   * @param lag the least time between the end of a look, by its clock, and its arrival
   * @param next when it gives a sign of life again
   */
  private record Alive(Vantage vantage, Duration lag, Instant next) {}

  /**
   * What a replay came to.
   *
   * @param alerts told within the time in question, oldest first
   * @param looks how many were weighed
   * @param gaps how often nothing is on record for long, and the core began anew
   * @param unknown targets of the record that the configuration does not have; left out
   */
  public record Outcome(List<Alert> alerts, long looks, int gaps, List<TargetName> unknown) {
    public Outcome {
      alerts = List.copyOf(alerts);
      unknown = List.copyOf(unknown);
    }
  }

  private PastReplay(
      Archive archive, Configuration configuration, DecisionRules rules, Instant[] range) {
    this.configuration = configuration;
    Watchlist usual = Watchlists.of(configuration);
    watchlist = new Watchlist(usual.targets(), rules);
    configuration.targets().forEach(target -> watched.add(target.name()));
    ahead = ahead(configuration);
    arrivals = new Arrivals(archive, range[0].minus(BEFORE), range[1], ahead);
    now = range[0].minus(BEFORE);
  }

  /** Weighs what was received in {@code [from, to)} under {@code rules}. */
  public static Outcome run(
      Archive archive, Configuration configuration, DecisionRules rules, Instant[] range) {
    PastReplay replay = new PastReplay(archive, configuration, rules, range);
    replay.run(range[1]);
    List<Alert> told = replay.alerts.values().stream().filter(alert -> isIn(alert, range)).toList();
    return new Outcome(sorted(told), replay.looks, replay.gaps, List.copyOf(replay.unknown));
  }

  /** The alerts on record that were told in {@code [from, to)}, oldest first. */
  public static List<Alert> recorded(Archive archive, Instant[] range) {
    List<Alert> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    boolean more = true;
    for (int read = 0; more && read < MAX_INCIDENTS; read += Store.MAX_PAGE) {
      Store.Page<Incident> page = archive.incidents(cursor, Store.MAX_PAGE);
      page.items().stream()
          .flatMap(incident -> Alert.of(incident).stream())
          .filter(alert -> isIn(alert, range))
          .forEach(found::add);
      cursor = page.next();
      more = cursor.isPresent();
    }
    return sorted(found);
  }

  private static boolean isIn(Alert alert, Instant[] range) {
    return !alert.told().isBefore(range[0]) && alert.told().isBefore(range[1]);
  }

  private static List<Alert> sorted(List<Alert> alerts) {
    return alerts.stream()
        .sorted(Comparator.comparing(Alert::told).thenComparing(Alert::id))
        .toList();
  }

  private static Duration ahead(Configuration configuration) {
    Duration usual =
        configuration.targets().stream()
            .map(Target::interval)
            .max(Duration::compareTo)
            .orElse(LEAST_AHEAD)
            .multipliedBy(AHEAD_INTERVALS);
    Duration most = usual.compareTo(MOST_AHEAD) > 0 ? MOST_AHEAD : usual;
    return most.compareTo(LEAST_AHEAD) < 0 ? LEAST_AHEAD : most;
  }

  private void run(Instant until) {
    begin();
    Optional<Instant> next = arrivals.peek();
    while (next.isPresent()) {
      if (next.get().isAfter(now.plus(ahead))) {
        // Nothing is on record for so long: nobody watched, or the record was pruned.
        gaps += looks > 0 ? 1 : 0;
        now = next.get();
        begin();
      }
      pass(next.get());
      observed(arrivals.take());
      next = arrivals.peek();
    }
    Instant end = now.plus(AFTER);
    pass(end.isBefore(until) ? end : until);
  }

  /** Begins anew, knowing nothing. */
  private void begin() {
    state = State.initial();
    alive.clear();
    learnt = new LearntDependencies();
    learnt.configured(configuration);
    step(new Input.Configured(watchlist));
  }

  /** Lets time pass: signs of life, and ticks where the core wants them. */
  private void pass(Instant until) {
    while (now.isBefore(until)) {
      Instant second = now.plus(TICK);
      now = second.isBefore(until) ? second : until;
      for (Alive probe : List.copyOf(alive.values())) {
        boolean heard = arrivals.isHeardAgain(probe.vantage().probe(), now);
        if (heard && !probe.next().isAfter(now)) {
          beat(probe);
        }
      }
      if (state.due().filter(due -> !due.isAfter(now)).isPresent()) {
        step(new Input.Tick());
      }
    }
  }

  private void beat(Alive probe) {
    Alive again = new Alive(probe.vantage(), probe.lag(), now.plus(Fleet.BEAT));
    alive.put(probe.vantage().probe(), again);
    Instant sent = now.minus(probe.lag());
    step(new Input.Heard(new Beat(probe.vantage(), Optional.empty(), Optional.empty(), sent, now)));
  }

  private void observed(Evidence evidence) {
    Observation seen = evidence.observation();
    if (!watched.contains(seen.target())) {
      unknown.add(seen.target());
      return;
    }
    looks++;
    heard(seen.vantage(), Duration.between(seen.ended(), evidence.received()));
    step(new Input.Observed(evidence));
    learnt.saw(seen, now).ifPresent(known -> step(new Input.Learnt(seen.target(), known)));
  }

  private void heard(Vantage vantage, Duration lag) {
    Optional<Alive> before =
        Optional.ofNullable(alive.get(vantage.probe()))
            .filter(known -> known.vantage().equals(vantage));
    if (before.isEmpty()) {
      beat(new Alive(vantage, lag, now));
    } else if (lag.compareTo(before.get().lag()) < 0) {
      alive.put(vantage.probe(), new Alive(vantage, lag, before.get().next()));
    }
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now);
    state = step.state();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.IncidentChanged(var incident)) {
        Alert.of(incident).ifPresent(alert -> alerts.put(alert.id(), alert));
      }
    }
  }
}
