package parallax.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.policy.DecisionRules;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.QuietTimes;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.store.Store;

/**
 * Probes, targets and what happens to them, told second by second. Checks come every minute, if it
 * is not said otherwise.
 */
final class Scene {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Whether a look fails. */
  interface Trouble {
    boolean hits(int probe, String target, long second);
  }

  /** What a look finds. */
  interface Sight {
    Outcome of(int probe, String target, long second);
  }

  private record Event(long milli, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(milli, other.milli);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final int probes;
  private final int regions;
  private final List<Watched> watched = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<Effect> effects = new ArrayList<>();
  private final long[] sequences;
  private State state = State.initial();
  private Sight sight = (_, _, _) -> Outcome.up();
  private long milli;
  private long planned;
  private DecisionRules rules = DecisionRules.USUAL;
  private Duration interval = Duration.ofMinutes(1);
  private int copies = 1;
  private long longestDelay;
  private final InMemoryStore store = new InMemoryStore();
  private int deaf = -1;
  private boolean allDeaf;
  private int neverSilent;
  private final Map<Integer, Long> heardAgain = new HashMap<>();
  private boolean spooling;
  private long silentFrom = Long.MAX_VALUE / 1000;
  private long heardAgainFrom = Long.MAX_VALUE / 1000;
  private Epoch epoch = store.takeOver();

  Scene(int probes, int regions) {
    this.probes = probes;
    this.regions = regions;
    sequences = new long[probes];
  }

  /** Other rules than the usual ones. */
  Scene by(DecisionRules other) {
    rules = other;
    return this;
  }

  /** How often targets are checked that are watched from here on. */
  Scene every(Duration other) {
    interval = other;
    return this;
  }

  Scene watching(String name, Dependency... shared) {
    return watching(name, List.of(), shared);
  }

  Scene watching(String name, List<QuietTimes> quiet, Dependency... shared) {
    watched.add(
        new Watched(
            new TargetName(name),
            List.of(),
            List.of(new Cadence(CheckKind.HTTP, interval, interval.dividedBy(6))),
            new Dependencies(List.of(shared), List.of()),
            quiet,
            0));
    return this;
  }

  Scene when(Trouble what) {
    return seeing(
        (probe, target, second) ->
            what.hits(probe, target, second)
                ? Outcome.down(Reason.HTTP_STATUS, "503")
                : Outcome.up());
  }

  Scene seeing(Sight what) {
    sight = what;
    return this;
  }

  /** Every message arrives so often. */
  Scene repeating(int times) {
    copies = times;
    return this;
  }

  /** Messages arrive up to so many milliseconds late, in another order. */
  Scene shuffling(long most) {
    longestDelay = most;
    return this;
  }

  /** The first so many probes are never silent. */
  Scene butFor(int first) {
    neverSilent = first;
    return this;
  }

  /** No probe is heard from then on. */
  Scene silentFrom(long second) {
    silentFrom = second;
    return this;
  }

  /** What probes see while they are silent they hand over when they are heard again. */
  Scene spooling() {
    spooling = true;
    return this;
  }

  /** All probes are heard again, but what they saw meanwhile is lost. */
  Scene heardAgainFrom(long second) {
    heardAgainFrom = second;
    return this;
  }

  /** The same for one probe, which is heard again earlier or later than the others. */
  Scene heardAgainFrom(int probe, long second) {
    heardAgain.put(probe, second);
    return this;
  }

  private long heardAgainFrom(int probe) {
    return heardAgain.getOrDefault(probe, heardAgainFrom) * 1000;
  }

  /** A probe that does as it is told by its schedule, but never looks when it is asked to. */
  Scene deaf(int probe) {
    deaf = probe;
    return this;
  }

  /** Nobody ever looks when asked to. */
  Scene deaf() {
    allDeaf = true;
    return this;
  }

  /**
   * Everybody looks at the first target at about that second, beside the schedule, and is heard
   * some seconds later, one so many milliseconds after the other; who looks last is heard first.
   */
  Scene lookingAtOnce(long second, long apart) {
    for (int probe = 0; probe < probes; probe++) {
      int who = probe;
      long start = second * 1000 + apart * probe / 10;
      at(start, () -> look(who, 0, start, 3000 + apart * (probes - who)));
    }
    return this;
  }

  private boolean isSilent(int probe) {
    return probe >= neverSilent && milli >= silentFrom * 1000 && milli < heardAgainFrom(probe);
  }

  /** Another core goes on then, with nothing but what is on record. */
  Scene takenOverAt(long second) {
    at(
        second * 1000,
        () -> {
          epoch = store.takeOver();
          state = Core.restore(CoreDecider.memory(store.remembered()));
          configure();
        });
    return this;
  }

  private void configure() {
    step(new Input.Configured(new Watchlist(watched, rules)));
  }

  /** Runs for so many seconds. */
  Scene run(long seconds) {
    configure();
    for (int probe = 0; probe < probes; probe++) {
      int who = probe;
      for (long second = probe % 10; second < seconds; second += 10) {
        at(second * 1000 + 100, () -> beat(who));
      }
      for (int target = 0; target < watched.size(); target++) {
        int what = target;
        long pairs = (long) probes * watched.size();
        long every = interval.toMillis();
        long first = every * ((long) probe * watched.size() + target) / pairs;
        for (long start = first; start < seconds * 1000; start += every) {
          long when = start;
          at(start, () -> look(who, what, when));
        }
      }
    }
    for (long second = 1; second < seconds; second++) {
      at(second * 1000, () -> step(new Input.Tick()));
    }
    while (!events.isEmpty() && events.peek().milli() < seconds * 1000) {
      Event event = events.poll();
      milli = event.milli();
      event.what().run();
    }
    return this;
  }

  private void at(long when, Runnable what) {
    events.add(new Event(when, planned++, what));
  }

  private Instant now() {
    return START.plusMillis(milli);
  }

  private Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName("p" + probe),
        new Region("r" + probe % regions),
        Optional.of(64_500L + probe));
  }

  private void beat(int probe) {
    if (isSilent(probe)) {
      return;
    }
    Instant sent = now().minusMillis(100);
    step(
        new Input.Heard(new Beat(vantage(probe), Optional.empty(), Optional.empty(), sent, now())));
  }

  private void look(int probe, int target, long when) {
    look(probe, target, when, 0);
  }

  private void look(int probe, int target, long when, long overtaken) {
    boolean silent = isSilent(probe);
    if (silent && !spooling) {
      return;
    }
    TargetName name = watched.get(target).name();
    Outcome outcome = sight.of(probe, name.value(), when / 1000);
    Duration took = Duration.ofMillis(200);
    Observation observation =
        new Observation(
            new ObservationId(vantage(probe).probe(), 1, sequences[probe]++),
            vantage(probe),
            name,
            CheckKind.HTTP,
            outcome.why().flatMap(why -> why.reason().layer()).orElse(Layer.CONTENT),
            START.plusMillis(when),
            START.plusMillis(when),
            took,
            outcome,
            Timings.NONE,
            Facts.NONE);
    long late = longestDelay == 0 ? 0 : Math.floorMod(when * 7919 + probe * 104_729L, longestDelay);
    for (int copy = 0; copy < copies; copy++) {
      long seen = when + took.toMillis() + 100 + overtaken + late + copy * 700L;
      // New looks before those that wait, and those in the order in which they were made.
      long arrives = silent ? heardAgainFrom(probe) + 3000 + (seen - silentFrom * 1000) / 5 : seen;
      at(arrives, () -> step(new Input.Observed(new Evidence(observation, now()))));
    }
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now());
    state = step.state();
    effects.addAll(step.effects());
    store.record(epoch, step.effects(), now());
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.AskAgain ask) {
        int probe = Integer.parseInt(ask.probe().value().substring(1));
        int target = indexOf(ask.target());
        long when = milli + 100 + ask.after().toMillis();
        if (probe != deaf && !allDeaf) {
          at(when, () -> look(probe, target, when));
        }
      }
    }
  }

  private int indexOf(TargetName name) {
    for (int at = 0; at < watched.size(); at++) {
      if (watched.get(at).name().equals(name)) {
        return at;
      }
    }
    throw new IllegalArgumentException("not watched: " + name);
  }

  Verdict verdict(String target) {
    return state.verdict(new TargetName(target)).orElseThrow();
  }

  /** What is on record of a target, oldest first. */
  List<Store.Interval> intervals(String target) {
    return store.intervals(new TargetName(target), START, Instant.MAX);
  }

  /** Every incident as it was last, in the order in which they were opened. */
  List<Incident> incidents() {
    List<Incident> last = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.IncidentChanged(Incident incident)) {
        last.removeIf(other -> other.id().equals(incident.id()));
        last.add(incident);
      }
    }
    return last;
  }

  List<Incident> published() {
    return incidents().stream().filter(incident -> incident.published().isPresent()).toList();
  }

  List<Notice.Kind> told() {
    List<Notice.Kind> told = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell(Notice notice)) {
        told.add(notice.kind());
      }
    }
    return told;
  }

  long asked() {
    return effects.stream().filter(Effect.AskAgain.class::isInstance).count();
  }
}
