package parallax.coordinator.run;

import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.PlainText;

/**
 * A run of an action for an incident.
 *
 * @param id unique
 * @param who asked for it, or {@link #by} when it ran by itself
 * @param automatic whether it ran by itself
 * @param until when whoever runs it has given up at the latest
 * @param end empty while it runs, or while nobody has noticed that its coordinator died
 */
public record Run(
    String id,
    IncidentId incident,
    String runbook,
    String action,
    String who,
    boolean automatic,
    Instant began,
    Instant until,
    Optional<End> end) {

  /** The most characters of what is kept of its output. */
  public static final int MAX_SAID = 5_000;

  public Run {
    who = PlainText.line(who, PlainText.MAX_NAME);
  }

  /** What came of it. */
  public enum Outcome {
    DONE,
    FAILED,
    TIMED_OUT,
    /** Whoever ran it died, or could not write down what came of it. */
    UNKNOWN
  }

  /**
   * Its end.
   *
   * @param said what came of it in words, with the output; several lines
   */
  public record End(Instant at, Outcome outcome, String said) {
    public End {
      String text = PlainText.text(said);
      said = text.length() <= MAX_SAID ? text : PlainText.text(text.substring(0, MAX_SAID));
    }
  }

  /** How what a runbook does by itself is signed. */
  public static String by(String runbook) {
    return "runbook:" + runbook;
  }

  /** The step of the notebook. */
  public String step() {
    return step(runbook, action);
  }

  /** The step of the notebook that is about an action. */
  public static String step(String runbook, String action) {
    return "runbook " + runbook + ", action " + action;
  }

  /** Whether it may still be running. */
  public boolean isRunning(Instant now) {
    return end.isEmpty() && now.isBefore(until);
  }

  /** Whether it is over, and nobody knows how it ended. */
  public boolean isLost(Instant now) {
    return end.map(known -> known.outcome() == Outcome.UNKNOWN)
        .orElseGet(() -> !now.isBefore(until));
  }
}
