package parallax.coordinator.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.state.State;
import parallax.coordinator.replay.record.Recorder;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;
import parallax.coordinator.replay.world.Arrival;
import parallax.coordinator.replay.world.Look;
import parallax.coordinator.replay.world.Timetable;
import parallax.coordinator.replay.world.World;

/** One run of the core through a scenario, on virtual time. */
public final class Replay {
  /** What passes from the core's question to the start of the check it asks for. */
  static final long ASKED_AFTER_MS = 100;

  private static final long TICK_MS = 1_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final Scenario scenario;
  private final Engine engine;
  private final World world;
  private final Timetable timetable;
  private final Recorder recorder;
  private final Trace trace;
  private final Agenda<Happening> agenda = new Agenda<>();
  private State state = State.initial();
  private long nowMs;
  private long tickMs = Long.MAX_VALUE;
  private long lastTickMs = -TICK_MS;
  private long checksScheduled;
  private long checksAsked;

  private Replay(Scenario scenario, long seed, Engine engine, Trace trace) {
    this.scenario = scenario;
    this.engine = engine;
    this.world = new World(scenario, seed);
    this.timetable = new Timetable(scenario);
    this.recorder = new Recorder(world.start(), world::name);
    this.trace = trace;
  }

  /**
   * Runs the core through a scenario.
   *
   * @param seed instead of the scenario's own
   * @param trace is told of every change as it happens
   */
  public static Recording run(Scenario scenario, long seed, Trace trace) {
    return run(scenario, seed, Core::step, trace);
  }

  static Recording run(Scenario scenario, long seed, Engine engine, Trace trace) {
    return new Replay(scenario, seed, engine, trace).run();
  }

  /** What decides. */
  @FunctionalInterface
  interface Engine {
    Step step(State state, Input input, Instant now);
  }

  /** What happens in the world. */
  private sealed interface Happening {
    record CheckStarts(Look look, boolean asked) implements Happening {}

    record HeartbeatIsSent(int probe) implements Happening {}

    record RoutesAreLookedAt() implements Happening {}

    record Arrives(Input input) implements Happening {}
  }

  /** The moment at which the scenario ends is the last one. */
  private Recording run() {
    step(new Input.Configured(world.watchlist()));
    planFirsts();
    while (Math.min(agenda.nextMs(), tickMs) <= scenario.durationMs()) {
      if (tickMs <= agenda.nextMs()) {
        nowMs = tickMs;
        lastTickMs = tickMs;
        step(new Input.Tick());
      } else {
        nowMs = agenda.nextMs();
        happen(agenda.take());
      }
    }
    scenario.targets().forEach(target -> recorder.unknownUntilSaid(target.id()));
    return recorder.recording(checksScheduled, checksAsked);
  }

  private void planFirsts() {
    for (int probe = 0; probe < scenario.probes().size(); probe++) {
      agenda.plan(timetable.firstHeartbeatMs(probe), new Happening.HeartbeatIsSent(probe));
      for (int target = 0; target < scenario.targets().size(); target++) {
        for (ScenarioCheck check : ScenarioCheck.values()) {
          long firstMs = timetable.firstCheckMs(probe, target, check);
          planCheck(new Look(probe, target, check, firstMs), false);
        }
      }
    }
    agenda.plan(Timetable.FIRST_ROUTE_LOOK_MS, new Happening.RoutesAreLookedAt());
  }

  private void planCheck(Look look, boolean asked) {
    agenda.plan(look.startMs(), new Happening.CheckStarts(look, asked));
  }

  /** The first whole second, not ticked yet, at which the core wants to be ticked. */
  private long nextTickMs() {
    Instant now = world.at(nowMs);
    Optional<Instant> due = state.due();
    if (due.isEmpty() || due.get().isAfter(world.at(scenario.durationMs()))) {
      return Long.MAX_VALUE;
    }
    // A moment between two milliseconds falls into the later one.
    long waitNanos = due.get().isAfter(now) ? Duration.between(now, due.get()).toNanos() : 0;
    long dueMs = nowMs + Math.ceilDiv(waitNanos, NANOS_PER_MS);
    return Math.max(Math.ceilDiv(dueMs, TICK_MS) * TICK_MS, lastTickMs + TICK_MS);
  }

  private void happen(Happening happening) {
    switch (happening) {
      case Happening.CheckStarts(Look look, boolean asked) -> startCheck(look, asked);
      case Happening.HeartbeatIsSent(int probe) -> {
        world.heartbeat(probe, nowMs).forEach(this::planArrival);
        agenda.plan(nowMs + Timetable.HEARTBEAT_MS, happening);
      }
      case Happening.RoutesAreLookedAt() -> {
        world.lookAtRoutes(nowMs).forEach(this::step);
        agenda.plan(nowMs + scenario.schedule().bgpMs(), happening);
      }
      case Happening.Arrives(Input input) -> step(input);
    }
  }

  private void startCheck(Look look, boolean asked) {
    world.check(look).forEach(this::planArrival);
    if (asked) {
      checksAsked++;
    } else {
      checksScheduled++;
      long againMs = nowMs + scenario.schedule().intervalMs(look.check());
      planCheck(new Look(look.probe(), look.target(), look.check(), againMs), false);
    }
  }

  private void planArrival(Arrival arrival) {
    agenda.plan(arrival.atMs(), new Happening.Arrives(arrival.input()));
  }

  private void step(Input input) {
    Step step = engine.step(state, input, world.at(nowMs));
    state = step.state();
    tickMs = nextTickMs();
    step.effects().forEach(this::carryOut);
  }

  private void carryOut(Effect effect) {
    trace.effect(nowMs, effect);
    switch (effect) {
      case Effect.VerdictChanged(var verdict) -> recorder.state(nowMs, verdict);
      case Effect.IncidentChanged(var incident) -> recorder.incident(nowMs, incident);
      case Effect.AskAgain ask -> {
        long startMs = nowMs + ASKED_AFTER_MS + Math.max(0, ask.after().toMillis());
        world.asked(ask, startMs).ifPresent(look -> planCheck(look, true));
      }
      case Effect.TargetForgotten _, Effect.Tell _ -> {}
    }
  }
}
