package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Observation;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.target.Kinds;
import parallax.coordinator.core.target.Ruling;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.TargetRule;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.unit.FewVantages;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Setting;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.unit.UnitJudge;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.watch.Cadence;

/** From an observation, or the passing of time, to what is held of one target. */
final class Judging {
  /** While a target fails, the layers below are looked at so often. */
  private static final Duration LOWER_EVERY = Duration.ofSeconds(60);

  /** The same once users seem fine. */
  private static final Duration LOWER_SOON = Duration.ofSeconds(30);

  /** By so many probes, each in another region. */
  private static final int LOWER_PROBES = 4;

  /** How late a look may arrive and still count, at least. */
  private static final Duration MIN_LATENESS = Duration.ofSeconds(90);

  /** A look that is not older than this always says how it is now. */
  private static final Duration LEAST_PRESENT = Duration.ofSeconds(10);

  private Judging() {}

  static void observed(Turn turn, Evidence evidence) {
    Observation seen = evidence.observation();
    Optional<TargetRecord> known = turn.record(seen.target());
    int slot = known(turn, seen.vantage(), evidence.received());
    if (known.isEmpty()
        || slot < 0
        || !known.get().watched().isWatchedFrom(seen.vantage().region())) {
      return;
    }
    int index = known.get().indexOf(seen.check());
    if (index >= 0) {
      taken(turn, known.get(), index, slot, evidence);
    }
  }

  /** The slot of a probe that may be new; -1 when it is not listened to. */
  private static int known(Turn turn, Vantage vantage, Instant received) {
    int slot = turn.fleet.slot(vantage.probe());
    if (slot >= 0) {
      return slot;
    }
    turn.fleet = turn.fleet.heard(vantage, received);
    return turn.fleet.slot(vantage.probe());
  }

  private static void taken(
      Turn turn, TargetRecord record, int index, int slot, Evidence evidence) {
    Observation seen = evidence.observation();
    Unit unit = record.units().get(index);
    int code = LookCode.of(seen.outcome(), seen.layer());
    Probe probe = turn.fleet.probe(slot);
    long offset = probe.clock().offset().toMillis();
    long ended = seen.ended().toEpochMilli() + offset;
    if (!isTimely(ended, evidence.received(), unit.cadence())) {
      return;
    }
    if (code == 0) {
      vague(turn, record, index, evidence);
      return;
    }
    Looks.Look look =
        new Looks.Look(
            slot,
            ended,
            seen.started().toEpochMilli() + offset,
            code,
            probe.era(),
            seen.id().boot(),
            seen.id().sequence());
    boolean late = isLate(turn, look, unit.cadence());
    Looks looks = late ? unit.looks().plusLate(look) : unit.looks().plus(look);
    if (looks == unit.looks()) {
      return;
    }
    turn.fleet = turn.fleet.heard(slot, evidence.received());
    int before = unit.looks().indexOf(slot);
    boolean failedBefore = before >= 0 && unit.looks().fails(before);
    boolean fails = looks.fails(looks.indexOf(slot));
    if (before < 0) {
      turn.fleet = turn.fleet.looking(slot, 1);
    }
    if (late) {
      Unit older = new Unit(unit.cadence(), looks, unit.phase(), unit.vague());
      turn.put(record.with(index, older), wanted(turn, record));
      return;
    }
    boolean telling = LookCode.isNotable(code) || (fails && isOnlyWitness(turn, record, seen));
    Optional<Evidence> kept = telling ? Optional.of(evidence) : unit.vague();
    Unit grown = new Unit(unit.cadence(), looks, unit.phase(), kept);
    boolean quiet =
        !fails && !failedBefore && !LookCode.isFailed(code) && unit.phase() instanceof Phase.Calm;
    if (quiet
        && record.ruling().state() == TargetState.UP
        && !LookCode.isNotable(code)
        && looks.mark(looks.indexOf(slot)) == 0) {
      turn.put(record.with(index, grown), wanted(turn, record));
      return;
    }
    if (fails != failedBefore && !unit.isFailing() && Kinds.isUsers(seen.check())) {
      paired(turn, record.name(), index, slot, fails);
    }
    judged(turn, new Taken(record, index, grown, look, evidence));
  }

  /**
   * Whether a look says how it was, not how it is: a probe that could hand over nothing for a while
   * does so now, or another core looks through what there is. What broke meanwhile may work again,
   * and what worked then may be broken: such a look is kept, and changes nothing by itself.
   */
  private static boolean isLate(Turn turn, Looks.Look look, Cadence cadence) {
    Duration present = Setting.present(cadence);
    long most = (present.compareTo(LEAST_PRESENT) < 0 ? LEAST_PRESENT : present).toMillis();
    return turn.now.toEpochMilli() - look.started() > most;
  }

  /**
   * Whether a failing look is the only one to have words for a layer below what users see: where
   * few look, its unit keeps none before it is held to fail, and the cause is told sooner.
   */
  private static boolean isOnlyWitness(Turn turn, TargetRecord record, Observation seen) {
    return !Kinds.isUsers(seen.check()) && isFew(turn, record);
  }

  /** Takes in a look that could not tell, unless one that ended later did so before. */
  private static void vague(Turn turn, TargetRecord record, int index, Evidence evidence) {
    Unit unit = record.units().get(index);
    long ended = ended(turn, evidence);
    if (unit.vague().filter(last -> ended(turn, last) >= ended).isPresent()) {
      return;
    }
    int slot = turn.fleet.slot(evidence.observation().vantage().probe());
    turn.fleet = turn.fleet.heard(slot, evidence.received());
    Unit vague = new Unit(unit.cadence(), unit.looks(), unit.phase(), Optional.of(evidence));
    ruled(turn, record.with(index, vague));
  }

  /** Milliseconds since the epoch by the coordinator's clock. */
  private static long ended(Turn turn, Evidence evidence) {
    Observation seen = evidence.observation();
    int slot = turn.fleet.slot(seen.vantage().probe());
    long offset = slot < 0 ? 0 : turn.fleet.probe(slot).clock().offset().toMillis();
    return seen.ended().toEpochMilli() + offset;
  }

  private static boolean isTimely(long ended, Instant received, Cadence cadence) {
    long age = received.toEpochMilli() - ended;
    long late = cadence.interval().toMillis() * 3 / 2;
    return age >= -State.MAX_AHEAD.toMillis() && age <= Math.max(late, MIN_LATENESS.toMillis());
  }

  /** A look that was taken in, with its unit. */
  private record Taken(
      TargetRecord record, int index, Unit unit, Looks.Look look, Evidence evidence) {}

  private static void judged(Turn turn, Taken taken) {
    TargetRecord record = taken.record();
    Setting setting = setting(turn, record);
    if (!isFew(turn, record)) {
      UnitJudge.Outcome outcome =
          UnitJudge.looked(taken.unit(), taken.look(), taken.evidence(), setting);
      carried(turn, record, taken.index(), outcome);
      return;
    }
    FewVantages.Outcome outcome =
        FewVantages.looked(
            taken.unit(),
            taken.look().slot(),
            taken.evidence(),
            isInIncident(turn, record),
            setting);
    Observation seen = taken.evidence().observation();
    for (Duration after : outcome.ask()) {
      turn.effects.add(
          new Effect.AskAgain(record.name(), seen.check(), seen.vantage().probe(), after));
    }
    changed(turn, record, taken.index(), outcome.unit());
  }

  private static boolean isInIncident(Turn turn, TargetRecord record) {
    return turn.caseOf(record.name()).filter(known -> known.incident().isOpen()).isPresent();
  }

  static Setting setting(Turn turn, TargetRecord record) {
    return new Setting(
        turn.fleet,
        record.watched().from(),
        turn.suspicion.priors(),
        turn.watchlist.rules(),
        turn.now);
  }

  static boolean isFew(Turn turn, TargetRecord record) {
    List<Region> from = record.watched().from();
    List<Probe> known =
        from.isEmpty()
            ? turn.fleet.probes()
            : turn.fleet.probes().stream()
                .filter(probe -> from.contains(probe.vantage().region()))
                .toList();
    return FewVantages.are(known);
  }

  /** Carries out what a unit wants, and puts it back. */
  static void carried(Turn turn, TargetRecord record, int index, UnitJudge.Outcome outcome) {
    Unit was = record.units().get(index);
    CheckKind check = was.cadence().check();
    // What turns out to be true says nothing of how noisy the world is.
    if (was.phase() instanceof Phase.Suspected && outcome.unit().phase() instanceof Phase.Calm) {
      turn.suspicion = turn.suspicion.plus(turn.records.size(), turn.now);
    }
    for (UnitJudge.Lesson lesson : outcome.lessons()) {
      turn.fleet = turn.fleet.learning(lesson.slot(), lesson.alone(), lesson.looks());
    }
    Unit unit = CrossChecks.asked(turn, record, was, outcome.unit());
    for (int slot : outcome.ask()) {
      turn.ask(record.name(), check, slot);
    }
    changed(turn, record, index, unit);
  }

  /** Puts a record back with a unit as it is now, and the ruling that this calls for. */
  static void changed(Turn turn, TargetRecord record, int index, Unit unit) {
    Unit was = record.units().get(index);
    TargetRecord after = record.with(index, unit);
    if (was.isFailing() != unit.isFailing() && Kinds.isUsers(unit.cadence().check())) {
      repaired(turn, record.name(), index, unit);
    }
    ruled(turn, after);
  }

  /** Puts a record back with its ruling. */
  static void ruled(Turn turn, TargetRecord record) {
    Ruling judged =
        !isFew(turn, record) && (turn.blind.isPresent() || isUnseen(turn, record))
            ? Ruling.UNKNOWN
            : TargetRule.judge(record, setting(turn, record), turn.routes, isFew(turn, record));
    Ruling ruling = Resuming.isTooSoon(turn, record, judged) ? Ruling.UNKNOWN : judged;
    TargetRecord after = Resuming.givenUp(turn, asking(turn, record.with(ruling, turn.now)));
    turn.put(after, wanted(turn, after));
    boolean changed = !ruling.saysTheSameAs(record.ruling());
    if (Resuming.isToldOtherwise(record, ruling)) {
      Resuming.told(turn, record, after);
    } else if (changed) {
      turn.effects.add(new Effect.VerdictChanged(Verdicts.of(after, setting(turn, after))));
    }
    // A recovery that nobody could tell when it happened is told now.
    if (changed || after.isFailing() || isInIncident(turn, after)) {
      turn.turned.add(record.name());
    }
  }

  /** Whether too few of those who look can be heard and believed. */
  private static boolean isUnseen(Turn turn, TargetRecord record) {
    return setting(turn, record).areFew();
  }

  private static Instant wanted(Turn turn, TargetRecord record) {
    Instant wanted = State.earlier(record.due(), Resuming.wanted(turn, record));
    for (Unit unit : record.units()) {
      wanted = unit.looks().probes() == 0 ? wanted : State.earlier(wanted, TargetRule.fades(unit));
    }
    return record.isFailing()
        ? State.earlier(wanted, record.lowerAsked().plus(LOWER_SOON))
        : wanted;
  }

  /** Asks about the layers below while a target fails. */
  private static TargetRecord asking(Turn turn, TargetRecord record) {
    if (!record.isFailing() || isFew(turn, record)) {
      return record;
    }
    boolean users =
        record.units().stream()
            .anyMatch(unit -> unit.isFailing() && Kinds.isUsers(unit.cadence().check()));
    Duration every = users ? LOWER_EVERY : LOWER_SOON;
    if (!record.lowerAsked().equals(Instant.MIN)
        && turn.now.isBefore(record.lowerAsked().plus(every))) {
      return record;
    }
    List<Probe> probes = ofRegions(setting(turn, record));
    for (Unit unit : record.units()) {
      if (!Kinds.isUsers(unit.cadence().check())) {
        for (Probe probe : probes) {
          turn.ask(record.name(), unit.cadence().check(), probe.slot());
        }
      }
    }
    return record.withLowerAsked(turn.now);
  }

  private static List<Probe> ofRegions(Setting setting) {
    List<Probe> chosen = new ArrayList<>(LOWER_PROBES);
    for (Probe probe : setting.counting()) {
      boolean other = chosen.stream().noneMatch(known -> known.region() == probe.region());
      if (other && chosen.size() < LOWER_PROBES) {
        chosen.add(probe);
      }
    }
    return chosen;
  }

  /** Looks after the targets whose time has come. */
  static void passed(Turn turn) {
    Optional<Map.Entry<State.Due, TargetName>> next = turn.queue.first();
    while (next.isPresent() && !next.get().getKey().when().isAfter(turn.now)) {
      turn.queue = turn.queue.without(next.get().getKey());
      turn.record(next.get().getValue())
          .map(record -> record.withQueued(Instant.MAX))
          .ifPresent(record -> passed(turn, record));
      next = turn.queue.first();
    }
  }

  private static void passed(Turn turn, TargetRecord record) {
    turn.records = turn.records.with(State.Key.of(record.name()), record);
    if (!isFew(turn, record)) {
      for (int index = 0; index < record.units().size(); index++) {
        TargetRecord now = turn.record(record.name()).orElse(record);
        Unit unit = now.units().get(index);
        if (CrossChecks.isOn(unit)) {
          CrossChecks.look(turn, now, index);
        } else if (!UnitJudge.due(unit).isAfter(turn.now)) {
          carried(turn, now, index, UnitJudge.passed(unit, setting(turn, now)));
        }
      }
    }
    TargetRecord after = turn.record(record.name()).orElse(record);
    ruled(turn, after);
    // What is not fresh any more would be due for ever.
    turn.record(record.name())
        .filter(stale -> !stale.queued().isAfter(turn.now))
        .ifPresent(
            stale -> {
              turn.unqueue(stale);
              turn.records =
                  turn.records.with(State.Key.of(stale.name()), stale.withQueued(Instant.MAX));
            });
  }

  /** Notes that a unit began or ceased to fail for one probe. */
  static void paired(Turn turn, TargetName target, int index, int slot, boolean fails) {
    State.Pair pair = new State.Pair(target, index, turn.now);
    var ofProbe = Sickness.pairs(turn, slot);
    boolean known = ofProbe.contains(pair);
    if (known == fails) {
      return;
    }
    turn.pairs = turn.pairs.with(slot, fails ? ofProbe.with(pair, pair) : ofProbe.without(pair));
    turn.fleet = turn.fleet.failing(slot, fails ? 1 : -1);
  }

  /** A unit that is known to be down speaks against no probe; one that is fine again does. */
  private static void repaired(Turn turn, TargetName target, int index, Unit unit) {
    for (int at = 0; at < unit.looks().probes(); at++) {
      boolean fails = !unit.isFailing() && unit.looks().fails(at);
      paired(turn, target, index, unit.looks().slot(at), fails);
    }
  }
}
