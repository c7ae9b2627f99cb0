package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Grouping;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.Member;
import parallax.coordinator.core.incident.Pace;
import parallax.coordinator.core.incident.Trouble;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.target.Kinds;
import parallax.coordinator.core.target.Ruling;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.Watched;

/** Which targets fail together, and what people are told of it. */
final class Incidents {
  /** A target joins an incident that was opened not longer ago than this. */
  private static final Duration JOIN = Duration.ofMinutes(30);

  /** Where few see it, at least so many have to see so many failures in a row. */
  private static final int LEAST_LASTING = 2;

  private static final int IN_A_ROW = 3;

  private Incidents() {}

  /** Takes in what turned in this step. */
  static void correlate(Turn turn) {
    while (!turn.turned.isEmpty()) {
      TargetName target = turn.turned.removeFirst();
      turn.record(target).ifPresent(record -> turned(turn, record));
    }
  }

  private static void turned(Turn turn, TargetRecord record) {
    Optional<Case> known = turn.caseOf(record.name());
    if (record.isFailing()) {
      Member member = member(turn, record);
      if (member.ruling().scope().isEmpty()) {
        return;
      }
      if (known.isPresent() && known.get().incident().isOpen()) {
        regrouped(turn, known.get(), member);
      } else if (known.isPresent() && returns(known.get(), turn.now)) {
        reopened(turn, known.get(), member);
      } else {
        placed(turn, record, member);
      }
    } else if (known.isPresent() && known.get().incident().isOpen() && turn.blind.isEmpty()) {
      recovered(turn, known.get(), record);
    }
  }

  private static Member member(Turn turn, TargetRecord record) {
    return new Member(
        record.name(),
        record.dependencies(),
        record.ruling(),
        record.onset().orElse(turn.now),
        true,
        pace(turn, record));
  }

  private static Pace pace(Turn turn, TargetRecord record) {
    if (Judging.isFew(turn, record)) {
      return Pace.AT_ONCE;
    }
    Duration interval = interval(record);
    boolean global = record.ruling().scope().equals(Optional.of(Scope.GLOBAL));
    boolean widespread = false;
    int lasting = 0;
    for (Unit unit : record.units()) {
      if (unit.isFailing()) {
        widespread |= Judging.setting(turn, record).isWidespread(unit);
        lasting = Math.max(lasting, lasting(unit));
      }
    }
    if (global || widespread) {
      return Pace.of(interval);
    }
    return lasting >= LEAST_LASTING ? Pace.ofFew(interval) : Pace.ofChance(interval);
  }

  /** For how many probes nothing but failures was seen lately. */
  private static int lasting(Unit unit) {
    int lasting = 0;
    for (int index = 0; index < unit.looks().probes(); index++) {
      lasting += unit.looks().failing(index) >= IN_A_ROW ? 1 : 0;
    }
    return lasting;
  }

  /** Of the checks by which users' trouble is seen. */
  private static Duration interval(TargetRecord record) {
    Optional<Duration> users =
        record.units().stream()
            .filter(unit -> Kinds.isUsers(unit.cadence().check()))
            .map(unit -> unit.cadence().interval())
            .min(Duration::compareTo);
    return users
        .or(() -> record.units().stream().map(Incidents::interval).min(Duration::compareTo))
        .orElse(Duration.ofMinutes(1));
  }

  private static Duration interval(Unit unit) {
    return unit.cadence().interval();
  }

  private static boolean returns(Case known, Instant now) {
    return known.pace().reopens()
        && known
            .incident()
            .resolved()
            .filter(over -> now.isBefore(over.plus(CaseRule.REOPEN)))
            .isPresent();
  }

  private static void reopened(Turn turn, Case known, Member member) {
    Case again = CaseRule.labelled(CaseRule.reopened(known).with(member));
    turn.put(again);
    if (again.incident().published().isPresent()) {
      turn.effects.add(
          new Effect.Tell(new Notice(Notice.Kind.REOPENED, again.incident(), again.told())));
    }
  }

  /** Puts a target that begins to fail into the incident it belongs to, or a new one. */
  private static void placed(Turn turn, TargetRecord record, Member member) {
    Optional<Case> open = joinable(turn, member);
    if (open.isPresent()) {
      joined(turn, open.get(), member, List.of());
      return;
    }
    List<Case> loose = loose(turn, member);
    List<Member> others = loose.stream().flatMap(known -> known.failing().stream()).toList();
    List<Grouping.Found> found = Grouping.of(member, others, turn.dependants);
    if (!found.isEmpty() && found.getFirst().gain() >= Grouping.LEAST_GAIN) {
      merged(turn, loose, member, found);
      return;
    }
    List<Vote> votes = votes(turn, record);
    Case alone = Case.of(member, votes, why(turn, record, found), turn.now);
    turn.put(alone);
    turn.caseOf = turn.caseOf.with(member.target(), alone.id());
    publish(turn, alone);
  }

  /** Takes in that a member fails otherwise now; alone, it may turn out to fail with others. */
  private static void regrouped(Turn turn, Case known, Member member) {
    boolean alone = known.shared().isEmpty() && known.members().size() == 1;
    boolean deeper =
        !known
            .members()
            .get(member.target())
            .flatMap(was -> was.ruling().cause())
            .flatMap(Cause::layer)
            .equals(member.ruling().cause().flatMap(Cause::layer));
    if (!alone || !deeper || !grouped(turn, known, member)) {
      turn.put(CaseRule.labelled(known.with(member)));
    }
  }

  /** Makes one incident of a lonely one and others, where that explains more; tells whether. */
  private static boolean grouped(Turn turn, Case known, Member member) {
    Optional<Case> open = joinable(turn, member);
    if (open.isPresent() && known.incident().published().isEmpty()) {
      turn.effects.add(new Effect.IncidentChanged(CaseRule.resolved(known, turn.now).incident()));
      turn.cases = turn.cases.without(known.id());
      joined(turn, open.get(), member, List.of());
      return true;
    }
    List<Case> loose =
        loose(turn, member).stream().filter(other -> !other.id().equals(known.id())).toList();
    List<Member> others = loose.stream().flatMap(other -> other.failing().stream()).toList();
    List<Grouping.Found> found = Grouping.of(member, others, turn.dependants);
    if (found.isEmpty() || found.getFirst().gain() < Grouping.LEAST_GAIN) {
      return false;
    }
    List<Case> all = new ArrayList<>(loose);
    all.add(known.with(member));
    merged(turn, all, member, found);
    return true;
  }

  private static List<Vote> votes(Turn turn, TargetRecord record) {
    Verdict verdict = Verdicts.of(record, Judging.setting(turn, record));
    return verdict.votes().stream().filter(vote -> vote.ballot() == Vote.Ballot.FAILED).toList();
  }

  private static Why why(Turn turn, TargetRecord record, List<Grouping.Found> found) {
    Why why = Verdicts.of(record, Judging.setting(turn, record)).why();
    return new Why(
        why.rule(),
        why.explanations(),
        why.shares(),
        found.stream().limit(5).map(Grouping.Found::rival).toList(),
        why.wouldChange());
  }

  /**
   * An open incident of a dependency that this target has as well and that explains its trouble.
   */
  private static Optional<Case> joinable(Turn turn, Member member) {
    Optional<Case> best = Optional.empty();
    double most = Grouping.LEAST_GAIN;
    for (Case known : turn.cases.values()) {
      Optional<Dependency> shared = known.shared().filter(member.dependencies()::contains);
      boolean open =
          known.incident().isOpen()
              && shared.isPresent()
              && member.onset().isBefore(known.incident().opened().plus(JOIN));
      if (open) {
        Optional<Grouping.Found> fits =
            Grouping.of(member, known.failing(), turn.dependants).stream()
                .filter(found -> found.dependency().equals(shared.get()))
                .findFirst();
        if (fits.isPresent() && fits.get().gain() >= most) {
          most = fits.get().gain();
          best = Optional.of(known);
        }
      }
    }
    return best;
  }

  /** Open incidents that began at about the same time and of which the cause may be shared. */
  private static List<Case> loose(Turn turn, Member member) {
    List<Case> loose = new ArrayList<>();
    for (Case known : turn.cases.values()) {
      Duration apart = Duration.between(known.incident().onset(), member.onset()).abs();
      if (known.isService()
          && known.incident().isOpen()
          && known.isFailing()
          && known.members().size() <= 256
          && apart.compareTo(Grouping.WINDOW) <= 0) {
        loose.add(known);
      }
    }
    return loose;
  }

  /** Makes one incident of all that fails through the dependency that explains best. */
  private static void merged(
      Turn turn, List<Case> loose, Member member, List<Grouping.Found> found) {
    Dependency shared = found.getFirst().dependency();
    List<Case> having =
        loose.stream()
            .filter(
                known ->
                    known.members().values().stream()
                        .allMatch(
                            other ->
                                other.dependencies().contains(shared)
                                    && Grouping.causes(shared.kind(), other)))
            .toList();
    Optional<Case> first =
        having.stream()
            .filter(known -> known.incident().published().isPresent())
            .findFirst()
            .or(() -> having.stream().findFirst());
    if (first.isEmpty()) {
      return;
    }
    Case grown = CaseRule.shared(first.get(), shared);
    for (Case other : having) {
      if (!other.id().equals(grown.id()) && other.incident().published().isEmpty()) {
        for (Member moved : other.members().values()) {
          grown = grown.with(moved);
          turn.caseOf = turn.caseOf.with(moved.target(), grown.id());
        }
        turn.effects.add(new Effect.IncidentChanged(CaseRule.resolved(other, turn.now).incident()));
        turn.cases = turn.cases.without(other.id());
      }
    }
    joined(turn, grown, member, found);
  }

  private static void joined(Turn turn, Case known, Member member, List<Grouping.Found> found) {
    Case with = known.with(member);
    Case labelled = CaseRule.withWell(CaseRule.labelled(with), turn.dependants);
    Incident incident = labelled.incident();
    Case explained =
        found.isEmpty()
            ? labelled
            : CaseRule.explained(
                labelled,
                incident.votes(),
                new Why(
                    incident.why().rule(),
                    incident.why().explanations(),
                    incident.why().shares(),
                    found.stream().limit(5).map(Grouping.Found::rival).toList(),
                    incident.why().wouldChange()));
    turn.put(explained);
    turn.caseOf = turn.caseOf.with(member.target(), explained.id());
    if (explained.incident().published().isPresent()) {
      told(turn, explained);
    }
  }

  /** Tells those receivers who do not know yet. */
  private static void told(Turn turn, Case known) {
    TreeSet<String> wanted = new TreeSet<>();
    for (Member member : known.members().values()) {
      turn.record(member.target())
          .map(TargetRecord::watched)
          .map(Watched::receivers)
          .ifPresent(wanted::addAll);
    }
    if (!known.isService()) {
      wanted.addAll(turn.watchlist.ourReceivers());
    }
    List<String> more = wanted.stream().filter(name -> !known.told().contains(name)).toList();
    if (!more.isEmpty() || known.told().isEmpty()) {
      List<String> all = new ArrayList<>(known.told());
      all.addAll(more);
      turn.put(known.withTold(all));
      turn.effects.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, known.incident(), more)));
    }
  }

  private static void recovered(Turn turn, Case known, TargetRecord record) {
    Optional<Member> member = known.members().get(record.name());
    if (member.isEmpty() || !member.get().isFailing()) {
      return;
    }
    Case after = known.with(member.get().recovered());
    Case settled =
        after.failing().isEmpty() ? CaseRule.fine(after, turn.now) : CaseRule.labelled(after);
    turn.put(settled);
    finish(turn, settled);
  }

  /** Publishes what is due, ends what is over, and finds trouble on our own side. */
  static void look(Turn turn) {
    troubles(turn);
    for (Case known : turn.cases.values()) {
      publish(turn, known);
      turn.cases.get(known.id()).ifPresent(now -> finish(turn, now));
      boolean forgotten =
          known
              .incident()
              .resolved()
              .filter(over -> !turn.now.isBefore(over.plus(CaseRule.REOPEN)))
              .isPresent();
      if (forgotten) {
        turn.cases = turn.cases.without(known.id());
        for (Member member : known.members().values()) {
          if (turn.caseOf.get(member.target()).equals(Optional.of(known.id()))) {
            turn.caseOf = turn.caseOf.without(member.target());
          }
        }
      }
    }
  }

  private static void publish(Turn turn, Case known) {
    if (!CaseRule.isToBePublished(known, turn.now) || isQuiet(turn, known)) {
      return;
    }
    boolean alone = known.isService() && known.members().size() == 1;
    if (alone && known.shared().isEmpty() && grouped(turn, known, known.failing().getFirst())) {
      return;
    }
    Case published = CaseRule.withWell(CaseRule.published(known, turn.now), turn.dependants);
    turn.put(published);
    told(turn, published);
  }

  private static boolean isQuiet(Turn turn, Case known) {
    return known.isService()
        && known.failing().stream()
            .allMatch(
                member ->
                    turn.record(member.target())
                        .filter(record -> record.watched().isQuiet(turn.now))
                        .isPresent());
  }

  private static void finish(Turn turn, Case known) {
    if (!CaseRule.isOver(known, turn.now)) {
      return;
    }
    Case over = CaseRule.resolved(known, turn.now);
    turn.put(over);
    if (over.incident().published().isPresent()) {
      turn.effects.add(
          new Effect.Tell(new Notice(Notice.Kind.RESOLVED, over.incident(), over.told())));
    }
  }

  private static void troubles(Turn turn) {
    List<Trouble> wanted = Sickness.troubles(turn);
    List<Case> open =
        turn.cases.values().stream()
            .filter(known -> !known.isService() && known.incident().isOpen())
            .toList();
    TreeSet<String> kept = new TreeSet<>();
    for (Trouble trouble : wanted) {
      Optional<Case> same =
          open.stream()
              .filter(known -> !kept.contains(known.id().value()))
              .filter(
                  known ->
                      known.incident().cause().culprit().equals(trouble.culprit())
                          || known.slots().containsAll(trouble.slots())
                          || trouble.slots().containsAll(known.slots()))
              .findFirst();
      if (same.isEmpty()) {
        turn.put(Case.of(trouble, List.of(), turn.now));
        continue;
      }
      kept.add(same.get().id().value());
      boolean wider = trouble.slots().size() > same.get().slots().size();
      Case still = CaseRule.stillFailing(same.get());
      turn.put(wider ? CaseRule.grown(still, trouble) : still);
    }
    for (Case known : open) {
      if (!kept.contains(known.id().value())) {
        boolean absorbed =
            known.incident().published().isEmpty()
                && wanted.stream().anyMatch(t -> t.slots().containsAll(known.slots()));
        turn.put(absorbed ? CaseRule.resolved(known, turn.now) : CaseRule.fine(known, turn.now));
      }
    }
  }

  /** Takes over an incident that another core left open. */
  static void adopted(Turn turn, Incident incident) {
    Ruling held =
        new Ruling(
            TargetState.DOWN,
            Optional.of(incident.scope()),
            incident.regions(),
            Optional.of(incident.cause()),
            0);
    List<Member> members = new ArrayList<>();
    TreeSet<String> told = new TreeSet<>();
    for (TargetName target : incident.targets()) {
      Optional<TargetRecord> record = turn.record(target);
      if (record.isPresent() && turn.caseOf(target).isEmpty()) {
        Watched watched = record.get().watched();
        members.add(
            new Member(
                target,
                record.get().dependencies(),
                held,
                incident.onset(),
                true,
                Pace.of(interval(record.get()))));
        told.addAll(watched.receivers());
      }
    }
    if (members.isEmpty()) {
      turn.effects.add(new Effect.IncidentChanged(CaseRule.ended(incident, turn.now)));
      return;
    }
    Case known = Case.adopted(incident, members, List.copyOf(told));
    turn.cases = turn.cases.with(known.id(), known);
    for (Member member : members) {
      turn.caseOf = turn.caseOf.with(member.target(), known.id());
    }
  }

  /** Without a target that is not watched any more. */
  static void forgotten(Turn turn, TargetName target) {
    Optional<Case> known = turn.caseOf(target);
    turn.caseOf = turn.caseOf.without(target);
    if (known.isEmpty()) {
      return;
    }
    Case left = known.get().without(target);
    if (!left.members().isEmpty()) {
      turn.put(CaseRule.labelled(left));
      return;
    }
    if (known.get().incident().isOpen()) {
      turn.effects.add(
          new Effect.IncidentChanged(CaseRule.resolved(known.get(), turn.now).incident()));
    }
    turn.cases = turn.cases.without(known.get().id());
  }
}
