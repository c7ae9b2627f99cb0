package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.Member;
import parallax.coordinator.core.incident.Pace;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.target.Ruling;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** What is watched changes. */
final class Changes {
  /** After the clock was set back every target is looked after so soon. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(3);

  private Changes() {}

  static void learnt(Turn turn, TargetName target, Dependencies dependencies) {
    turn.record(target)
        .filter(record -> !record.learnt().equals(dependencies))
        .ifPresent(
            record -> {
              TargetRecord after = record.withLearnt(dependencies);
              turn.dependants =
                  turn.dependants
                      .without(target, record.dependencies())
                      .with(target, after.dependencies());
              turn.records = turn.records.with(State.Key.of(target), after);
            });
  }

  /**
   * The clock was set back: what was seen in its future would be newer than anything to come, so it
   * is forgotten. What is held stays until something new is seen.
   */
  static void setBack(Turn turn) {
    turn.fleet = turn.fleet.setBack(turn.now);
    turn.pairs = SortedTree.empty();
    turn.ticked = turn.now;
    turn.setBackFrom = turn.before.at();
    for (TargetRecord record : turn.records.values()) {
      turn.unqueue(record);
      TargetRecord after = record.withQueued(Instant.MAX).setBack(turn.now);
      turn.records = turn.records.with(State.Key.of(record.name()), after);
      turn.put(after, turn.now.plus(LOOK_AGAIN));
    }
  }

  static void configured(Turn turn, Watchlist watchlist) {
    TreeMap<TargetName, Memory.Remembered> remembered = new TreeMap<>();
    turn.memory.verdicts().forEach(verdict -> remembered.put(verdict.target(), verdict));
    List<Incident> left = turn.memory.open();
    TreeSet<TargetName> wanted = new TreeSet<>();
    watchlist.targets().forEach(target -> wanted.add(target.name()));
    for (TargetRecord record : turn.records.values()) {
      if (!wanted.contains(record.name())) {
        forgotten(turn, record);
      }
    }
    for (TargetName target : remembered.keySet()) {
      if (!wanted.contains(target)) {
        turn.effects.add(new Effect.TargetForgotten(target));
      }
    }
    turn.watchlist = watchlist;
    turn.memory = Memory.NONE;
    for (Watched target : watchlist.targets()) {
      Optional<TargetRecord> known = turn.record(target.name());
      if (known.isEmpty()) {
        started(turn, target, Optional.ofNullable(remembered.get(target.name())));
      } else if (!known.get().watched().equals(target)) {
        changed(turn, known.get(), target);
      }
    }
    for (Incident incident : left) {
      adopted(turn, incident);
    }
  }

  /** Without a target that nobody watches any more; its incident ends and nobody is told. */
  private static void forgotten(Turn turn, TargetRecord record) {
    unpaired(turn, record);
    turn.effects.add(new Effect.TargetForgotten(record.name()));
    ended(turn, record.name());
    turn.dependants = turn.dependants.without(record.name(), record.dependencies());
    turn.unqueue(record);
    turn.records = turn.records.without(State.Key.of(record.name()));
  }

  private static void unpaired(Turn turn, TargetRecord record) {
    for (int index = 0; index < record.units().size(); index++) {
      var looks = record.units().get(index).looks();
      for (int at = 0; at < looks.probes(); at++) {
        Judging.paired(turn, record.name(), index, looks.slot(at), false);
        turn.fleet = turn.fleet.looking(looks.slot(at), -1);
      }
    }
  }

  private static void changed(Turn turn, TargetRecord record, Watched target) {
    unpaired(turn, record);
    TargetRecord after = record.under(target);
    for (int index = 0; index < after.units().size(); index++) {
      var looks = after.units().get(index).looks();
      boolean failing = after.units().get(index).isFailing();
      for (int at = 0; at < looks.probes(); at++) {
        turn.fleet = turn.fleet.looking(looks.slot(at), 1);
        Judging.paired(turn, record.name(), index, looks.slot(at), !failing && looks.fails(at));
      }
    }
    turn.dependants =
        turn.dependants
            .without(record.name(), record.dependencies())
            .with(record.name(), after.dependencies());
    Judging.ruled(turn, after);
  }

  /**
   * With a target of which nothing was seen yet. What was held of it before is on record, and stays
   * the newest there until something is seen, or too late to go on from it.
   */
  private static void started(Turn turn, Watched target, Optional<Memory.Remembered> before) {
    boolean isUnknown = before.filter(last -> last.state() == TargetState.UNKNOWN).isPresent();
    Instant since = isUnknown ? before.get().since() : turn.now;
    TargetRecord record = TargetRecord.start(target, since);
    turn.dependants = turn.dependants.with(target.name(), record.dependencies());
    turn.records = turn.records.with(State.Key.of(target.name()), record);
    if (before.isEmpty()) {
      turn.effects.add(
          new Effect.VerdictChanged(Verdicts.of(record, Judging.setting(turn, record))));
    } else if (!isUnknown) {
      TargetRecord.Resumed held =
          new TargetRecord.Resumed(before.get().state(), before.get().since());
      TargetRecord resuming = record.resuming(held);
      turn.put(resuming, Resuming.wanted(turn, resuming));
    }
  }

  /** Takes over an incident that another core left open. */
  private static void adopted(Turn turn, Incident incident) {
    Ruling held =
        new Ruling(
            TargetState.DOWN,
            Optional.of(incident.scope()),
            incident.regions(),
            Optional.of(incident.cause()),
            0);
    List<Member> members = new ArrayList<>();
    for (TargetName target : incident.targets()) {
      Optional<TargetRecord> record = turn.record(target);
      if (record.isPresent() && turn.caseOf(target).isEmpty()) {
        members.add(
            new Member(
                target,
                record.get().dependencies(),
                held,
                incident.onset(),
                true,
                Pace.of(Members.interval(record.get()), turn.watchlist.rules())));
      }
    }
    if (incident.subject() == Incident.Subject.VANTAGE) {
      turn.restore(Case.adopted(incident, List.of()));
      return;
    }
    if (members.isEmpty()) {
      turn.effects.add(new Effect.IncidentChanged(CaseRule.ended(incident, turn.now)));
      return;
    }
    Case known = Case.adopted(incident, members);
    turn.restore(known);
    for (Member member : members) {
      turn.caseOf = turn.caseOf.with(member.target(), known.id());
    }
  }

  /** Without a target that is not watched any more. */
  private static void ended(Turn turn, TargetName target) {
    Optional<Case> known = turn.caseOf(target);
    turn.caseOf = turn.caseOf.without(target);
    if (known.isEmpty()) {
      return;
    }
    Case left = known.get().without(target);
    if (!left.members().isEmpty()) {
      boolean fails = !left.failing().isEmpty();
      turn.put(fails ? CaseRule.labelled(left) : CaseRule.fine(left, turn.now));
      return;
    }
    if (known.get().incident().isOpen()) {
      turn.effects.add(
          new Effect.IncidentChanged(CaseRule.resolved(known.get(), turn.now).incident()));
    }
    turn.cases = turn.cases.without(known.get().id());
  }
}
