package parallax.coordinator.core.state;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Member;
import parallax.coordinator.core.notice.Notice;

/** What people are told of incidents, once, and when they are over. */
final class Publication {
  private Publication() {}

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
    tell(turn, Notice.Kind.OPENED, published);
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
      tell(turn, Notice.Kind.RESOLVED, over);
    }
  }

  /** Whom, is for others to say. */
  static void tell(Turn turn, Notice.Kind kind, Case known) {
    turn.effects.add(new Effect.Tell(new Notice(kind, known.incident(), List.of())));
  }
}
