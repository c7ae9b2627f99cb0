package parallax.coordinator.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
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
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.state.Memory;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** One small random world: probes, targets, what goes wrong, and the core that watches. */
final class World {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int TROUBLED_SECONDS = 1500;
  private static final int QUIET_SECONDS = 2400;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Random random;
  private final Invariants invariants = new Invariants();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final int probes;
  private final int regions;
  private final int targets;
  private final int interval;
  private final double loss;
  private final List<Fault> faults;
  private final long[] boots;
  private final long[] sequences;
  private final List<String> log = new ArrayList<>();
  private State state = State.initial();
  private Memory recorded = Memory.NONE;
  private Instant latest = Instant.MIN;
  private Watchlist watchlist;
  private Instant now = START;
  private long setBack;
  private long planned;

  private record Event(long milli, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(milli, other.milli);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  World(long seed) {
    random = new Random(seed);
    probes = List.of(1, 2, 3, 5, 8, 12).get(random.nextInt(6));
    regions = Math.max(1, Math.min(6, 1 + random.nextInt(probes)));
    targets = 1 + random.nextInt(5);
    interval = random.nextBoolean() ? 30 : 60;
    loss = List.of(0.0, 0.002, 0.01).get(random.nextInt(3));
    faults = Fault.some(random, probes, targets, TROUBLED_SECONDS);
    boots = new long[probes];
    sequences = new long[probes];
    watchlist = watching(-1);
  }

  /** Seconds of virtual time in each world. */
  static long seconds() {
    return TROUBLED_SECONDS + QUIET_SECONDS;
  }

  /** Runs it; throws when something does not hold. */
  void run() {
    try {
      step(new Input.Configured(watchlist));
      plan();
      long end = seconds() * 1000;
      while (!events.isEmpty() && events.peek().milli() < end) {
        Event event = events.poll();
        now = START.plusMillis(event.milli()).minusSeconds(setBack);
        event.what().run();
      }
      allIsWell();
    } catch (RuntimeException e) {
      int from = Math.max(0, log.size() - 12);
      throw new AssertionError(
          e + "\n" + this + "\n" + String.join("\n", log.subList(from, log.size())), e);
    }
  }

  @Override
  public String toString() {
    return "%d probes, %d regions, %d targets, every %d s, loss %.3f, %s"
        .formatted(probes, regions, targets, interval, loss, faults);
  }

  private void at(long milli, Runnable what) {
    events.add(new Event(milli, planned++, what));
  }

  private void plan() {
    for (int probe = 0; probe < probes; probe++) {
      int who = probe;
      for (long second = probe % 10; second < seconds(); second += 10) {
        long when = second * 1000;
        at(when, () -> beat(who, when));
      }
      for (int target = 0; target < targets; target++) {
        int what = target;
        long pairs = (long) probes * targets;
        long first = 1000L * interval * ((long) probe * targets + target) / pairs;
        for (long when = first; when < seconds() * 1000; when += 1000L * interval) {
          long start = when;
          at(when, () -> look(who, what, start));
        }
      }
    }
    for (long second = 1; second < seconds(); second++) {
      at(second * 1000, this::tick);
    }
    for (Fault fault : faults) {
      at(fault.fromSecond() * 1000L, () -> begins(fault));
      at(fault.untilSecond() * 1000L, () -> ends(fault));
    }
  }

  private void begins(Fault fault) {
    log.add(now + " begins " + fault);
    switch (fault.kind()) {
      case RESTART ->
          fault
              .probes()
              .forEach(
                  probe -> {
                    boots[probe]++;
                    sequences[probe] = 0;
                  });
      case LEADER, LOST_STEP -> restored();
      case RECONFIGURED -> configured(watching(fault.targets().getFirst()));
      case SET_BACK -> setBack += (long) fault.amount();
      case OUTAGE, SICK, SILENT, HELD, DELAYED, CLOCK -> {}
    }
  }

  private void ends(Fault fault) {
    if (fault.kind() == Fault.Kind.RECONFIGURED) {
      configured(watching(-1));
    }
  }

  private void configured(Watchlist other) {
    watchlist = other;
    step(new Input.Configured(other));
  }

  /** Another coordinator takes over with what the record holds. */
  private void restored() {
    invariants.forgetWhatWasLost(recorded.open());
    state = Core.restore(recorded);
    step(new Input.Configured(watchlist));
  }

  private Watchlist watching(int without) {
    List<Watched> watched = new ArrayList<>();
    for (int target = 0; target < targets; target++) {
      if (target != without) {
        Dependency shared = new Dependency(DependencyKind.CDN, target % 2 == 0 ? "even" : "odd");
        watched.add(
            new Watched(
                new TargetName("t" + target),
                List.of(),
                List.of(new Cadence(CheckKind.HTTP, Duration.ofSeconds(interval), TIMEOUT)),
                new Dependencies(List.of(shared), List.of()),
                List.of(),
                0));
      }
    }
    return new Watchlist(watched);
  }

  private Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName("p" + probe),
        new Region("r" + probe % regions),
        Optional.of(64_500L + probe * 2 / 3));
  }

  private void tick() {
    if (state.due().filter(due -> !due.isAfter(now)).isPresent()) {
      step(new Input.Tick());
    }
  }

  private Optional<Fault> on(Fault.Kind kind, int probe, long milli) {
    return faults.stream()
        .filter(fault -> fault.kind() == kind && fault.isOn(milli / 1000))
        .filter(fault -> fault.concerns(probe))
        .findFirst();
  }

  private Duration clock(int probe, long milli) {
    return on(Fault.Kind.CLOCK, probe, milli)
        .map(fault -> Duration.ofSeconds((long) fault.amount()))
        .orElse(Duration.ZERO);
  }

  private void beat(int probe, long milli) {
    boolean lost =
        on(Fault.Kind.SILENT, probe, milli).isPresent()
            || on(Fault.Kind.HELD, probe, milli).isPresent();
    if (!lost) {
      Instant sent = START.plusMillis(milli).plus(clock(probe, milli));
      long arrives = milli + 100 + delay(probe, milli);
      at(
          arrives,
          () ->
              step(
                  new Input.Heard(
                      new Beat(vantage(probe), Optional.empty(), Optional.empty(), sent, now))));
    }
  }

  private long delay(int probe, long milli) {
    return on(Fault.Kind.DELAYED, probe, milli)
        .map(fault -> (long) (random.nextDouble() * fault.amount() * 1000))
        .orElse(0L);
  }

  private static boolean hits(Fault fault, int probe, int target) {
    return switch (fault.kind()) {
      case OUTAGE -> fault.concerns(probe, target);
      case SICK -> fault.concerns(probe);
      default -> false;
    };
  }

  private void look(int probe, int target, long milli) {
    double fails = loss;
    for (Fault fault : faults) {
      boolean hit = fault.isOn(milli / 1000) && hits(fault, probe, target);
      fails = hit ? Math.max(fails, fault.amount()) : fails;
    }
    boolean failed = random.nextDouble() < fails;
    Duration took = failed ? TIMEOUT : Duration.ofMillis(200);
    Instant started = START.plusMillis(milli).plus(clock(probe, milli));
    Observation observation =
        new Observation(
            new ObservationId(vantage(probe).probe(), boots[probe], sequences[probe]++),
            vantage(probe),
            new TargetName("t" + target),
            CheckKind.HTTP,
            failed ? Layer.TCP : Layer.CONTENT,
            started,
            started,
            took,
            failed ? Outcome.down(Reason.CONNECT_TIMEOUT, "") : Outcome.up(),
            Timings.NONE,
            Facts.NONE);
    deliver(probe, milli + took.toMillis(), observation);
  }

  private void deliver(int probe, long milli, Observation observation) {
    if (on(Fault.Kind.SILENT, probe, milli).isPresent()) {
      return;
    }
    long arrives =
        on(Fault.Kind.HELD, probe, milli)
                .map(fault -> fault.untilSecond() * 1000L + random.nextInt(2000))
                .orElse(milli + delay(probe, milli))
            + 100;
    Runnable taken = () -> step(new Input.Observed(new Evidence(observation, now)));
    at(arrives, taken);
    if (random.nextInt(20) == 0) {
      at(arrives + random.nextInt(30_000), taken);
    }
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now);
    boolean isLost =
        faults.stream()
            .anyMatch(
                fault ->
                    fault.kind() == Fault.Kind.LOST_STEP
                        && now.equals(START.plusSeconds(fault.fromSecond())));
    state = step.state();
    // What is told is on record in the same transaction, and lost with it.
    invariants.after(state, isLost ? List.of() : step.effects(), now);
    for (Effect effect : step.effects()) {
      log.add(now + " " + brief(effect));
      if (effect instanceof Effect.AskAgain ask) {
        int probe = Integer.parseInt(ask.probe().value().substring(1));
        int target = Integer.parseInt(ask.target().value().substring(1));
        long when =
            Duration.between(START, now).toMillis() + setBack * 1000 + 100 + ask.after().toMillis();
        at(when, () -> look(probe, target, when));
      }
    }
    if (!step.effects().isEmpty() && !isLost) {
      step.effects().forEach(this::dated);
      recorded = memory();
    }
  }

  private void dated(Effect effect) {
    if (effect instanceof Effect.IncidentChanged(Incident incident)) {
      latest = incident.opened().isAfter(latest) ? incident.opened() : latest;
    }
  }

  private static String brief(Effect effect) {
    return switch (effect) {
      case Effect.VerdictChanged(Verdict v) ->
          v.target() + " " + v.state() + " " + v.scope() + " " + v.why().rule();
      case Effect.IncidentChanged(Incident i) ->
          i.id()
              + " "
              + i.targets()
              + " "
              + i.scope()
              + " "
              + i.cause().culprit()
              + " "
              + i.published()
              + " "
              + i.resolved();
      default -> effect.toString().substring(0, Math.min(160, effect.toString().length()));
    };
  }

  private Memory memory() {
    return new Memory(
        state.verdicts().stream()
            .map(v -> new Memory.Remembered(v.target(), v.state(), v.since()))
            .toList(),
        state.openIncidents(),
        latest);
  }

  /** After a long quiet time everything is up, and nothing is open. */
  private void allIsWell() {
    for (Verdict verdict : state.verdicts()) {
      Invariants.require(verdict.state() == TargetState.UP, "not recovered: " + verdict);
    }
    Invariants.require(state.openIncidents().isEmpty(), "never resolved: " + state.openIncidents());
  }

  /** Whether anything was ever held to be down for everybody. */
  boolean sawGlobal() {
    return log.stream().anyMatch(line -> line.contains("[" + Scope.GLOBAL + "]"));
  }
}
