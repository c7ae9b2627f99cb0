package parallax.coordinator.runbook.execute;

import java.time.Instant;
import parallax.config.runbook.Action;
import parallax.config.runbook.Runbook;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.run.Run;

/**
 * A run that is asked for.
 *
 * @param who asks
 * @param at when
 */
public record Order(Incident incident, Runbook runbook, Action action, String who, Instant at) {
  /** The step of the notebook. */
  String step() {
    return Run.step(runbook.name(), action.name());
  }
}
