package parallax.coordinator.core.state;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Trouble;

/** Incidents of our own side: opened, widened and ended as probes fall ill and become well. */
final class Troubles {
  private Troubles() {}

  static void look(Turn turn) {
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
                          || holds(trouble, known))
              .findFirst();
      if (same.isEmpty()) {
        turn.put(
            Case.of(
                turn.unused(trouble.culprit(), turn.now),
                trouble,
                Sickness.votes(turn, trouble),
                turn.now));
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
                && wanted.stream().anyMatch(trouble -> holds(trouble, known));
        turn.put(absorbed ? CaseRule.resolved(known, turn.now) : CaseRule.fine(known, turn.now));
      }
    }
  }

  /** Whether trouble is about all the probes of an incident; of an adopted one they are unknown. */
  private static boolean holds(Trouble trouble, Case known) {
    return !known.slots().isEmpty() && trouble.slots().containsAll(known.slots());
  }
}
