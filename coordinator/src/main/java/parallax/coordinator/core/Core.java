package parallax.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentRule;
import parallax.coordinator.core.notice.NoticePlan;
import parallax.coordinator.core.verdict.ConfirmRule;
import parallax.coordinator.core.verdict.Course;
import parallax.coordinator.core.verdict.Ruling;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.VerdictRule;

/**
 * The core as one function: evidence into the book, the book into a verdict, the verdict into an
 * incident, the incident into notices. The same state, input and time give the same step. The rules
 * are {@link VerdictRule}, {@link ConfirmRule}, {@link IncidentRule} and {@link NoticePlan}; this
 * class only carries values from one to the next.
 */
public final class Core {
  private Core() {}

  /**
   * Takes in what happened.
   *
   * @param now the coordinator's time, by which evidence fades
   */
  public static Step step(State state, Input input, Instant now) {
    List<Effect> effects = new ArrayList<>();
    State present = state.isAheadOf(now) ? setBack(state.at(now), now, effects) : state.at(now);
    State after =
        switch (input) {
          case Input.Observed(Evidence evidence) -> observed(present, evidence, now, effects);
          case Input.Tick() -> faded(present, now, effects);
          case Input.Configured(Configuration configuration) ->
              configured(present, configuration, now, effects);
        };
    return new Step(after, effects);
  }

  /**
   * A state that goes on where another core ended. Its first {@link Input.Configured} takes the
   * memory over: open incidents stay open and are told no second time, every verdict is UNKNOWN
   * until something fresh is seen, and what is no longer configured is forgotten.
   */
  public static State restore(Memory memory) {
    return State.remembering(memory);
  }

  /** {@link #restore(Memory)} and its first configuration in one step. */
  public static Step restore(Memory memory, Configuration configuration, Instant now) {
    return step(restore(memory), new Input.Configured(configuration), now);
  }

  private static State observed(State state, Evidence evidence, Instant now, List<Effect> effects) {
    TargetName target = evidence.observation().target();
    Optional<TargetRecord> known =
        state.record(target).filter(record -> record.expects(evidence.observation()));
    if (known.isEmpty()) {
      return state;
    }
    TargetRecord fresh = known.get().freshAt(now);
    // A probe that begins to look at a target in an incident has to see it recover.
    boolean doubted =
        fresh.isNewTo(evidence.observation()) && state.openIncident(target).isPresent();
    Optional<TargetRecord> grown = fresh.plus(evidence, doubted, now);
    State judged = judged(state, grown.orElse(fresh), now, effects);
    return grown.flatMap(record -> asking(judged, record, evidence, now, effects)).orElse(judged);
  }

  /** Looks after the targets of which something stopped being fresh. */
  private static State faded(State state, Instant now, List<Effect> effects) {
    State after = state;
    Optional<TargetRecord> next = after.nextDue();
    while (next.isPresent()) {
      after = after.unqueued(next.get());
      TargetRecord record = next.get().withQueued(Optional.empty()).freshAt(now);
      after = judged(after, record, now, effects);
      next = after.nextDue();
    }
    return after;
  }

  /** The clock was set back: what was fresh in its future would seem fresh for too long. */
  private static State setBack(State state, Instant now, List<Effect> effects) {
    State after = state;
    for (TargetRecord record : state.records()) {
      after = judged(after, record.refreshed(now), now, effects);
    }
    return after;
  }

  /** Puts a record back, with the verdict that its evidence calls for. */
  private static State judged(State state, TargetRecord record, Instant now, List<Effect> effects) {
    Ruling ruling = record.judged();
    TargetRecord after = record.withRuling(ruling, now);
    State put = state.with(after);
    if (ruling.saysTheSameAs(record.ruling())) {
      return put;
    }
    Verdict verdict = after.verdict(now);
    effects.add(new Effect.VerdictChanged(verdict));
    TargetName target = after.target().name();
    Optional<Incident> before = put.openIncident(target);
    return IncidentRule.step(before, verdict, after.onset(), now)
        .map(incident -> told(put, after.target(), before, incident, effects))
        .orElse(put);
  }

  private static State told(
      State state, Target target, Optional<Incident> before, Incident after, List<Effect> effects) {
    effects.add(new Effect.IncidentChanged(after));
    state
        .configuration()
        .flatMap(configuration -> NoticePlan.next(before, after, target, configuration))
        .ifPresent(notice -> effects.add(new Effect.Tell(notice)));
    State kept = state.with(target.name(), after);
    return kept.record(target.name())
        .map(record -> kept.with(record.withLastOnset(after.onset())))
        .orElse(kept);
  }

  /** Asks for more looks where a change is still to be confirmed; empty when nothing is asked. */
  private static Optional<State> asking(
      State state, TargetRecord grown, Evidence look, Instant now, List<Effect> effects) {
    CheckKind check = look.observation().check();
    TargetName target = look.observation().target();
    Course course = grown.courses().of(check, look.observation().vantage().probe());
    Optional<ConfirmRule.Request> request =
        grown
            .watch(check)
            .map(TargetRecord.Watch::quietUntil)
            .flatMap(
                quiet -> ConfirmRule.request(course, look, grown.target().interval(), quiet, now));
    for (Duration after : request.map(ConfirmRule.Request::after).orElse(List.of())) {
      effects.add(new Effect.AskAgain(target, check, after));
    }
    return request.flatMap(
        asked ->
            state
                .record(target)
                .map(record -> state.with(record.withQuiet(check, asked.quietUntil()))));
  }

  private static State configured(
      State state, Configuration configuration, Instant now, List<Effect> effects) {
    TreeMap<TargetName, Memory.Remembered> remembered = new TreeMap<>();
    state.memory().verdicts().forEach(verdict -> remembered.put(verdict.target(), verdict));
    List<Incident> left = state.memory().open();
    TreeSet<TargetName> wanted = new TreeSet<>();
    configuration.targets().forEach(target -> wanted.add(target.name()));

    State after = forgotten(state, wanted, now, effects).configured(configuration);
    for (TargetName target : remembered.keySet()) {
      if (!wanted.contains(target)) {
        effects.add(new Effect.TargetForgotten(target));
      }
    }
    after = adopted(after, left, wanted, now, effects);
    for (Target target : configuration.targets()) {
      Optional<TargetRecord> known = after.record(target.name());
      if (known.isEmpty()) {
        Optional<Memory.Remembered> before = Optional.ofNullable(remembered.get(target.name()));
        after = started(after, target, before, now, effects);
      } else if (!known.get().target().equals(target)) {
        after = judged(after, known.get().under(target).freshAt(now), now, effects);
      }
    }
    return after;
  }

  /** Without the targets that nobody watches any more; their incidents end and nobody is told. */
  private static State forgotten(
      State state, SortedSet<TargetName> wanted, Instant now, List<Effect> effects) {
    State after = state;
    for (TargetRecord record : state.records()) {
      TargetName target = record.target().name();
      if (!wanted.contains(target)) {
        effects.add(new Effect.TargetForgotten(target));
        after
            .openIncident(target)
            .map(incident -> IncidentRule.resolved(incident, now))
            .ifPresent(incident -> effects.add(new Effect.IncidentChanged(incident)));
        after = after.forgetting(record);
      }
    }
    return after;
  }

  /** With the remembered incidents of targets that are still watched; the others end, untold. */
  private static State adopted(
      State state,
      List<Incident> left,
      SortedSet<TargetName> wanted,
      Instant now,
      List<Effect> effects) {
    State after = state;
    for (Incident incident : left) {
      State known = after;
      Optional<TargetName> target =
          incident.targets().stream()
              .filter(name -> wanted.contains(name) && known.openIncident(name).isEmpty())
              .findFirst();
      if (target.isPresent()) {
        after = after.with(target.get(), incident);
      } else {
        effects.add(new Effect.IncidentChanged(IncidentRule.resolved(incident, now)));
      }
    }
    return after;
  }

  /** With a target of which nothing was seen yet. */
  private static State started(
      State state,
      Target target,
      Optional<Memory.Remembered> before,
      Instant now,
      List<Effect> effects) {
    Optional<Instant> unknownSince =
        before
            .filter(verdict -> verdict.state() == TargetState.UNKNOWN)
            .map(Memory.Remembered::since);
    Instant lastOnset = state.openIncident(target.name()).map(Incident::onset).orElse(Instant.MIN);
    TargetRecord record =
        TargetRecord.start(target, unknownSince.orElse(now)).withLastOnset(lastOnset);
    if (unknownSince.isEmpty()) {
      effects.add(new Effect.VerdictChanged(record.verdict(now)));
    }
    return state.with(record);
  }
}
