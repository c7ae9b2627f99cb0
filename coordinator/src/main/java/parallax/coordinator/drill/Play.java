package parallax.coordinator.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.target.Target;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.State;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.desk.DeskStep;
import parallax.coordinator.drill.stage.Planned;
import parallax.coordinator.drill.stage.Stage;
import parallax.coordinator.replay.Agenda;
import parallax.coordinator.silence.Silence;

/**
 * A core and a desk of their own, in the world of a drill, on virtual time: what happens in them
 * touches nothing else. The same stage and silences give the same letters.
 */
final class Play {
  /** What incidents of drills are called by, so that nobody takes one for a real one. */
  static final String PREFIX = "drill-";

  private static final long TICK_MS = 1_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final Stage stage;
  private final Agenda<Planned.Happening> agenda = new Agenda<>();
  private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
  private State state = State.initial();
  private Desk desk = Desk.EMPTY;
  private long nowMs;
  private long coreTickMs = Long.MAX_VALUE;
  private long lastCoreTickMs = -TICK_MS;
  private long deskTickMs = TICK_MS;

  /** Something that people are told, or would be. */
  record Told(Instant at, Notice notice) {}

  /**
   * Begins.
   *
   * @param silences that are in force, or will be
   */
  Play(Stage stage, List<Silence> silences) {
    this.stage = stage;
    List<DeskInput.Silence> hushes = silences.stream().<DeskInput.Silence>map(Hush::new).toList();
    desk = desk.step(new DeskInput.Configured(stage.configuration()), now()).desk();
    desk = desk.step(new DeskInput.Silenced(hushes), now()).desk();
    stage.setting().forEach(this::take);
    stage.opening().forEach(this::plan);
  }

  /** A silence as the desk sees it. */
  private record Hush(Silence silence) implements DeskInput.Silence {
    @Override
    public boolean covers(Target target, Instant now) {
      return silence.covers(now) && silence.matches(target.name(), target.labels());
    }
  }

  Instant now() {
    return stage.start().plusMillis(nowMs);
  }

  /** When something happens next, in milliseconds since the beginning. */
  long nextMs() {
    return Math.min(agenda.nextMs(), Math.min(coreTickMs, deskTickMs));
  }

  /** The moment at which the stage ends is the last one. */
  boolean isOver() {
    return nextMs() > stage.lengthMs();
  }

  /** Lets the next thing happen: what people are told then. */
  List<Told> advance() {
    long tickMs = Math.min(coreTickMs, deskTickMs);
    if (tickMs <= agenda.nextMs()) {
      nowMs = tickMs;
      return tick();
    }
    nowMs = agenda.nextMs();
    return switch (agenda.take()) {
      case Planned.Happening.Arrives(Input input) -> take(input);
      case Planned.Happening.Acts(Planned.Act act) -> {
        act.at(nowMs).forEach(this::plan);
        yield List.of();
      }
    };
  }

  /** The core is ticked when it wants to be, the desk every second; the core goes first. */
  private List<Told> tick() {
    List<Told> told = new ArrayList<>();
    if (coreTickMs == nowMs) {
      lastCoreTickMs = nowMs;
      told.addAll(take(new Input.Tick()));
    }
    if (deskTickMs == nowMs) {
      deskTickMs += TICK_MS;
      told.addAll(step(new DeskInput.Tick()));
    }
    return told;
  }

  /** The first whole second, not ticked yet, at which the core wants to be ticked. */
  private long nextCoreTickMs() {
    Instant end = stage.start().plusMillis(stage.lengthMs());
    Optional<Instant> due = state.due().filter(when -> !when.isAfter(end));
    if (due.isEmpty()) {
      return Long.MAX_VALUE;
    }
    // A moment between two milliseconds falls into the later one.
    long waitNanos = due.get().isAfter(now()) ? Duration.between(now(), due.get()).toNanos() : 0;
    long dueMs = nowMs + Math.ceilDiv(waitNanos, NANOS_PER_MS);
    return Math.max(Math.ceilDiv(dueMs, TICK_MS) * TICK_MS, lastCoreTickMs + TICK_MS);
  }

  private void plan(Planned planned) {
    agenda.plan(Math.max(planned.atMs(), nowMs), planned.what());
  }

  private List<Told> take(Input input) {
    Step step = Core.step(state, input, now());
    state = step.state();
    coreTickMs = nextCoreTickMs();
    if (step.effects().isEmpty()) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.IncidentChanged(Incident incident) -> {
          Incident named = named(incident);
          incidents.put(named.id(), named);
          effects.add(new Effect.IncidentChanged(named));
        }
        case Effect.Tell(Notice notice) -> effects.add(new Effect.Tell(named(notice)));
        case Effect.AskAgain ask -> stage.asked(ask, nowMs).forEach(this::plan);
        case Effect.VerdictChanged _, Effect.TargetForgotten _ -> {}
      }
    }
    return step(new DeskInput.Decided(effects));
  }

  private List<Told> step(DeskInput input) {
    DeskStep step = desk.step(input, now());
    desk = step.desk();
    return step.effects().stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Tell(Notice notice)
                    ? Stream.of(notice)
                    : Stream.<Notice>empty())
        .map(notice -> new Told(now(), notice))
        .toList();
  }

  private static Notice named(Notice notice) {
    return new Notice(
        notice.kind(),
        named(notice.incident()),
        notice.number(),
        notice.along(),
        notice.receivers());
  }

  private static Incident named(Incident incident) {
    return with(incident, new IncidentId(PREFIX + incident.id().value()), incident.resolved());
  }

  /** An incident as if it were over now. */
  static Incident ended(Incident incident, Instant now) {
    return with(incident, incident.id(), incident.resolved().or(() -> Optional.of(now)));
  }

  private static Incident with(Incident incident, IncidentId id, Optional<Instant> resolved) {
    return new Incident(
        id,
        incident.subject(),
        incident.targets(),
        incident.scope(),
        incident.regions(),
        incident.cause(),
        incident.onset(),
        incident.opened(),
        incident.published(),
        resolved,
        incident.reopened(),
        incident.votes(),
        incident.well(),
        incident.why());
  }

  /** All incidents, as they are by now, in the order in which they were opened. */
  List<Incident> incidents() {
    return List.copyOf(incidents.values());
  }

  /** How much of the drill has passed, without the lead-in. */
  Duration passed() {
    return Duration.ofMillis(Math.max(0, nowMs - stage.leadInMs()));
  }
}
