package parallax.coordinator.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Member;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.watch.Watched;

/** What people are told of incidents, once, and when they are over. */
final class Publication {
  private Publication() {}

  /**
   * Tells those receivers who do not know yet.
   *
   * @param joined all that may have such receivers; empty: any member
   */
  static void told(Turn turn, Case known, List<Member> joined) {
    TreeSet<String> wanted = new TreeSet<>();
    for (Member member : joined.isEmpty() ? known.members().values() : joined) {
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
      turn.put(known.withTold(all).withReceiversSettled(true));
      turn.effects.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, known.incident(), more)));
    } else if (!known.hasReceiversSettled()) {
      turn.restore(known.withReceiversSettled(true));
    }
  }

  /** Publishes what is due, ends what is over, and finds trouble on our own side. */
  static void look(Turn turn) {
    Troubles.look(turn);
    for (Case known : turn.cases.values()) {
      turn.cases.get(known.id()).ifPresent(now -> publish(turn, now));
      turn.cases.get(known.id()).ifPresent(now -> finish(turn, now));
      boolean forgotten =
          known
              .incident()
              .resolved()
              .filter(over -> !turn.now.isBefore(over.plus(known.pace().reopen())))
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

  static void publish(Turn turn, Case known) {
    if (!CaseRule.isToBePublished(known, turn.now) || isQuiet(turn, known)) {
      return;
    }
    boolean alone = known.isService() && known.members().size() == 1;
    if (alone
        && known.shared().isEmpty()
        && Incidents.grouped(turn, known, known.failing().getFirst())) {
      return;
    }
    Case published = CaseRule.withWell(CaseRule.published(known, turn.now), turn.dependants);
    turn.put(published);
    told(turn, published, List.of());
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

  static void finish(Turn turn, Case known) {
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
}
