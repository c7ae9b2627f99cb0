package parallax.coordinator.configuration.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;

/** Whether a valid configuration comes into force. */
public sealed interface Admission {
  /** What it changes; empty where nothing was in force before. */
  Optional<Change> change();

  /**
   * It does.
   *
   * @param approved whether it does only because somebody said so
   */
  record Admitted(Optional<Change> change, boolean approved) implements Admission {}

  /**
   * It waits until somebody approves it by name; what is in force stays.
   *
   * @param reasons at least one, each a sentence without its full stop
   */
  record Held(String name, Optional<Change> change, List<String> reasons) implements Admission {
    public Held {
      reasons = List.copyOf(reasons);
    }

    /** One line for people, with what to do. */
    public String message() {
      return "held back: "
          + String.join("; ", reasons)
          + "; if that is meant, approve it by name: parallax config approve "
          + name;
    }
  }

  /**
   * Judges a candidate.
   *
   * @param inForce empty when there is nothing to lose yet
   */
  static Admission judge(
      Optional<Configuration> inForce, Candidate candidate, Approvals approvals) {
    Optional<Change> change = inForce.map(old -> Change.between(old, candidate.configuration()));
    List<String> reasons = new ArrayList<>();
    if (inForce.isPresent() && candidate.descent() == Candidate.Descent.REWRITTEN) {
      reasons.add(
          "the branch was rewritten: it does not contain the commit in force (a force-push)");
    }
    change.map(Guard::objections).ifPresent(reasons::addAll);
    if (reasons.isEmpty()) {
      return new Admitted(change, false);
    }
    return approvals.cover(candidate.name())
        ? new Admitted(change, true)
        : new Held(candidate.name(), change, reasons);
  }
}
