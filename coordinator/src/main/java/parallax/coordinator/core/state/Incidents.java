package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Grouping;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.incident.Member;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.core.watch.Dependency;

/** Which targets fail together, and what people are told of it. */
final class Incidents {
  /** A target joins an incident that was opened not longer ago than this. */
  private static final Duration JOIN = Duration.ofMinutes(30);

  /** More members of an incident than this are not looked through for another one. */
  private static final int MAX_MEMBERS = 256;

  /** So many rival dependencies are named. */
  private static final int MAX_RIVALS = 5;

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
      Member member = Members.of(turn, record);
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
      // Of what waits to be seen again after a takeover nobody can say that it works again.
    } else if (known.isPresent()
        && known.get().incident().isOpen()
        && record.resumed().isEmpty()
        && (turn.blind.isEmpty() || Judging.isFew(turn, record))) {
      recovered(turn, known.get(), record);
    }
  }

  private static boolean returns(Case known, Instant now) {
    return known.pace().reopens()
        && known
            .incident()
            .resolved()
            .filter(over -> now.isBefore(over.plus(known.pace().reopen())))
            .isPresent();
  }

  private static void reopened(Turn turn, Case known, Member member) {
    Case left = known;
    for (Member other : known.members().values()) {
      boolean elsewhere = !turn.caseOf.get(other.target()).equals(Optional.of(known.id()));
      left = elsewhere ? left.without(other.target()) : left;
    }
    Case again = relabelled(turn, CaseRule.reopened(left).with(member));
    turn.put(again);
    if (again.incident().published().isPresent()) {
      Publication.tell(turn, Notice.Kind.REOPENED, again);
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
    Grouping.Others others = new Loose(turn, loose, member, Optional.empty());
    List<Grouping.Found> found = Grouping.of(member, others, turn.dependants);
    boolean together = !found.isEmpty() && found.getFirst().gain() >= Grouping.LEAST_GAIN;
    if (together && merged(turn, loose, member, found)) {
      return;
    }
    Why why = Verdicts.why(record, Judging.setting(turn, record));
    Case alone =
        Case.of(
            turn.unused(member.target().value(), member.onset()),
            member,
            Members.votes(turn, record),
            withRivals(why, found),
            turn.now);
    turn.put(alone);
    turn.caseOf = turn.caseOf.with(member.target(), alone.id());
    Publication.publish(turn, alone);
  }

  private static Why withRivals(Why why, List<Grouping.Found> found) {
    return new Why(
        why.rule(),
        why.explanations(),
        why.shares(),
        found.stream().limit(MAX_RIVALS).map(Grouping.Found::rival).toList(),
        why.wouldChange());
  }

  /** With the label its members call for, and evidence for it when it is another one. */
  private static Case relabelled(Turn turn, Case known) {
    Incident before = known.incident();
    Case after = CaseRule.labelled(known);
    Incident incident = after.incident();
    boolean same =
        before.scope() == incident.scope()
            && before.regions().equals(incident.regions())
            && before.cause().layer().equals(incident.cause().layer())
            && before.cause().culprit().equals(incident.cause().culprit());
    if (same && !before.votes().isEmpty()) {
      return after;
    }
    List<Vote> votes = Members.votes(turn, after);
    Why why =
        after.failing().stream()
            .findFirst()
            .flatMap(member -> turn.record(member.target()))
            .map(record -> Verdicts.why(record, Judging.setting(turn, record)))
            .orElse(incident.why());
    return CaseRule.explained(
        after,
        votes.isEmpty() ? incident.votes() : votes,
        new Why(
            why.rule(),
            why.explanations(),
            why.shares(),
            incident.why().rivals(),
            why.wouldChange()));
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
      turn.put(relabelled(turn, known.with(member)));
    }
  }

  /** Makes one incident of a lonely one and others, where that explains more; tells whether. */
  static boolean grouped(Turn turn, Case known, Member member) {
    Optional<Case> open = joinable(turn, member);
    if (open.isPresent() && known.incident().published().isEmpty()) {
      turn.effects.add(new Effect.IncidentChanged(CaseRule.resolved(known, turn.now).incident()));
      turn.cases = turn.cases.without(known.id());
      joined(turn, open.get(), member, List.of());
      return true;
    }
    List<Case> loose =
        loose(turn, member).stream().filter(other -> !other.id().equals(known.id())).toList();
    Grouping.Others others = new Loose(turn, loose, member, Optional.of(known.id()));
    List<Grouping.Found> found = Grouping.of(member, others, turn.dependants);
    if (found.isEmpty() || found.getFirst().gain() < Grouping.LEAST_GAIN) {
      return false;
    }
    List<Case> all = new ArrayList<>(loose);
    // First: who was told of it would not understand that its target is in another one.
    all.addFirst(known.with(member));
    return merged(turn, all, member, found);
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
            Grouping.of(shared.get(), member, Grouping.Others.of(known.failing()), turn.dependants);
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
    Instant from = member.onset().minus(Grouping.WINDOW);
    Instant to = member.onset().plus(Grouping.WINDOW);
    for (Case known : turn.cases.values()) {
      if (isLoose(known, from, to)) {
        loose.add(known);
      }
    }
    return loose;
  }

  private static boolean isLoose(Case known, Instant from, Instant to) {
    Instant onset = known.incident().onset();
    return known.isService()
        && known.incident().isOpen()
        && known.isFailing()
        && known.members().size() <= MAX_MEMBERS
        && !onset.isBefore(from)
        && !onset.isAfter(to);
  }

  /** The failing members of open incidents that began at about the same time as another's. */
  private static final class Loose implements Grouping.Others {
    private final Turn turn;
    private final Instant from;
    private final Instant to;
    private final Optional<IncidentId> own;
    private final int size;

    /** Of {@code cases}; all but perhaps the one that {@code member} is in. */
    Loose(Turn turn, List<Case> cases, Member member, Optional<IncidentId> own) {
      this.turn = turn;
      this.own = own;
      from = member.onset().minus(Grouping.WINDOW);
      to = member.onset().plus(Grouping.WINDOW);
      int failing = 0;
      for (Case known : cases) {
        failing += known.countFailing();
      }
      size = failing;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public List<Member> mayHave(Dependency dependency) {
      List<Member> members = new ArrayList<>();
      for (Case known : turn.cases.mayHave(dependency)) {
        if (isLoose(known, from, to) && !own.equals(Optional.of(known.id()))) {
          members.addAll(known.failing());
        }
      }
      return members;
    }
  }

  /** Makes one incident of all that fails through the dependency that explains best. */
  private static boolean merged(
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
    boolean gains =
        first.isPresent()
            && (!first.get().members().contains(member.target())
                || having.stream()
                    .filter(known -> !known.id().equals(first.get().id()))
                    .anyMatch(known -> known.incident().published().isEmpty()));
    if (!gains) {
      return false;
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
    return true;
  }

  private static void joined(Turn turn, Case known, Member member, List<Grouping.Found> found) {
    Case with = known.with(member);
    Case labelled = CaseRule.withWell(relabelled(turn, with), turn.dependants);
    Incident incident = labelled.incident();
    Case explained =
        found.isEmpty()
            ? labelled
            : CaseRule.explained(labelled, incident.votes(), withRivals(incident.why(), found));
    turn.put(explained);
    turn.caseOf = turn.caseOf.with(member.target(), explained.id());
  }

  private static void recovered(Turn turn, Case known, TargetRecord record) {
    Optional<Member> member = known.members().get(record.name());
    if (member.isEmpty() || !member.get().isFailing()) {
      return;
    }
    Case after = known.with(member.get().recovered());
    Case settled =
        after.failing().isEmpty() ? CaseRule.fine(after, turn.now) : relabelled(turn, after);
    turn.put(settled);
    Publication.finish(turn, settled);
  }
}
