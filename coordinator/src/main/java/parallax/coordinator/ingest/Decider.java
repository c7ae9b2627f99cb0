package parallax.coordinator.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Verdict;

/**
 * The core together with its state, as the decision thread drives it. Only ever called from that
 * thread.
 */
public interface Decider {
  /** Takes in what happened; state has moved on when this returns and not when it throws. */
  List<Effect> decide(Input input, Instant now);

  /**
   * The first instant at which a tick would change something; empty: none until something arrives.
   * May be early; where it is late, the next regular tick finds out.
   */
  Optional<Instant> due();

  /** What is held to be true of a target, if anything was decided about it yet. */
  Optional<Verdict> verdict(TargetName target);

  List<Incident> openIncidents();
}
