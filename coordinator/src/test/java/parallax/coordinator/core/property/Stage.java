package parallax.coordinator.core.property;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** A plot as the core sees it, second by second, on a virtual clock; what it asks is answered. */
final class Stage {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static final int BEAT_MILLIS = 10_000;
  private static final int TRAVEL_MILLIS = 100;
  private static final Duration QUICK = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(10);

  /** How messages arrive. */
  interface Courier {
    /** In time, and once. */
    Courier PROMPT = (observation, arrives) -> List.of(new Arrival(arrives, observation));

    /**
     * What comes of sending an observation.
     *
     * @param arrives when it usually would, in milliseconds of the plot
     */
    List<Arrival> sent(Observation observation, long arrives);
  }

  /** An observation that arrives, in milliseconds of the plot. */
  record Arrival(long milli, Observation observation) {}

  /** What is held of a target. */
  record Held(
      TargetState state, Optional<Scope> scope, List<Region> regions, Optional<Cause> cause) {}

  /** What the core wanted, and when, in milliseconds of the plot. */
  record Done(long milli, Effect effect) {}

  private record Event(long milli, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(milli, other.milli);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final Plot plot;
  private final Courier courier;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<Done> done = new ArrayList<>();
  private final long[] sequences;
  private State state = State.initial();
  private long milli;
  private long planned;

  private Stage(Plot plot, Courier courier) {
    this.plot = plot;
    this.courier = courier;
    sequences = new long[plot.probes().size()];
  }

  /** The whole plot, told by a courier. */
  static Stage play(Plot plot, Courier courier) {
    Stage stage = new Stage(plot, courier);
    stage.step(new Input.Configured(new Watchlist(plot.targets())));
    stage.plan();
    while (!stage.events.isEmpty()) {
      Event event = stage.events.poll();
      stage.milli = event.milli();
      event.what().run();
    }
    return stage;
  }

  private void at(long when, Runnable what) {
    if (when < plot.seconds() * 1000L) {
      events.add(new Event(when, planned++, what));
    }
  }

  private void plan() {
    long end = plot.seconds() * 1000L;
    for (int probe = 0; probe < plot.probes().size(); probe++) {
      int who = probe;
      for (long when = 700L * probe; when < end; when += BEAT_MILLIS) {
        at(when, () -> beat(who));
      }
      for (int target = 0; target < plot.targets().size(); target++) {
        int what = target;
        Watched watched = plot.targets().get(target);
        if (watched.isWatchedFrom(plot.probes().get(probe).region())) {
          long interval = watched.checks().getFirst().interval().toMillis();
          long first =
              interval * (7L * probe + 3L * target) % interval + 131L * probe + 17L * target;
          for (long when = first; when < end; when += interval) {
            at(when, () -> look(who, what));
          }
        }
      }
    }
    for (long when = 1000; when < end; when += 1000) {
      at(when, this::tick);
    }
  }

  private Instant now() {
    return START.plusMillis(milli);
  }

  private void tick() {
    if (state.due().filter(due -> !due.isAfter(now())).isPresent()) {
      step(new Input.Tick());
    }
  }

  private boolean isSilent(int probe) {
    return plot.troubles().stream()
        .anyMatch(t -> t.kind() == Trouble.Kind.SILENT && t.hits(probe, milli));
  }

  private void beat(int probe) {
    if (!isSilent(probe)) {
      Instant sent = now();
      at(
          milli + TRAVEL_MILLIS,
          () ->
              step(
                  new Input.Heard(
                      new Beat(
                          plot.probes().get(probe),
                          Optional.empty(),
                          Optional.empty(),
                          sent,
                          now()))));
    }
  }

  private void look(int probe, int target) {
    if (isSilent(probe)) {
      return;
    }
    Optional<Trouble.Kind> trouble =
        plot.troubles().stream()
            .filter(t -> t.kind() != Trouble.Kind.SILENT && t.hits(probe, target, milli))
            .map(Trouble::kind)
            .findFirst();
    Duration takes = trouble.equals(Optional.of(Trouble.Kind.TIMES_OUT)) ? LONG : QUICK;
    Observation observation = observation(probe, target, trouble, takes);
    long usually = milli + takes.toMillis() + TRAVEL_MILLIS;
    for (Arrival arrival : courier.sent(observation, usually)) {
      at(
          arrival.milli(),
          () -> step(new Input.Observed(new Evidence(arrival.observation(), now()))));
    }
  }

  private Observation observation(
      int probe, int target, Optional<Trouble.Kind> trouble, Duration takes) {
    return new Observation(
        new ObservationId(plot.probes().get(probe).probe(), 1, sequences[probe]++),
        plot.probes().get(probe),
        plot.targets().get(target).name(),
        CheckKind.HTTP,
        trouble.map(Stage::layer).orElse(Layer.CONTENT),
        now(),
        now(),
        takes,
        trouble.map(Stage::outcome).orElseGet(Outcome::up),
        Timings.NONE,
        Facts.NONE);
  }

  private static Layer layer(Trouble.Kind trouble) {
    return switch (trouble) {
      case TIMES_OUT, REFUSED -> Layer.TCP;
      case ERROR, SLOW -> Layer.HTTP;
      case CANNOT_TELL, SILENT -> Layer.DNS;
    };
  }

  private static Outcome outcome(Trouble.Kind trouble) {
    return switch (trouble) {
      case TIMES_OUT -> Outcome.down(Reason.CONNECT_TIMEOUT, "");
      case REFUSED -> Outcome.down(Reason.CONNECTION_REFUSED, "");
      case ERROR -> Outcome.down(Reason.HTTP_STATUS, "503");
      case SLOW -> Outcome.degraded(Reason.HTTP_SLOW, "");
      case CANNOT_TELL, SILENT -> Outcome.inconclusive(Reason.PROBE_NO_ROUTE, "");
    };
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now());
    state = step.state();
    for (Effect effect : step.effects()) {
      done.add(new Done(milli, effect));
      if (effect instanceof Effect.AskAgain ask) {
        int probe = Integer.parseInt(ask.probe().value().substring(1));
        int target = Integer.parseInt(ask.target().value().substring(1));
        at(milli + TRAVEL_MILLIS + ask.after().toMillis(), () -> look(probe, target));
      }
    }
  }

  State state() {
    return state;
  }

  /** Everything the core wanted, in this order. */
  List<Done> done() {
    return done;
  }

  /** What is held of every target in the end. */
  Map<TargetName, Held> held() {
    return state.verdicts().stream()
        .collect(
            Collectors.toMap(
                Verdict::target,
                v -> new Held(v.state(), v.scope(), v.regions(), v.cause()),
                (one, _) -> one,
                TreeMap::new));
  }

  /** Whatever was ever held of a target, or an incident, or told. */
  Set<Scope> scopes() {
    return done.stream()
        .map(Done::effect)
        .flatMap(
            effect ->
                switch (effect) {
                  case Effect.VerdictChanged(Verdict verdict) -> verdict.scope().stream();
                  case Effect.IncidentChanged(Incident incident) -> Stream.of(incident.scope());
                  case Effect.Tell(Notice notice) -> Stream.of(notice.incident().scope());
                  case Effect.AskAgain _, Effect.TargetForgotten _ -> Stream.empty();
                })
        .collect(Collectors.toSet());
  }
}
