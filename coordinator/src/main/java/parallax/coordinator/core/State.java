package parallax.coordinator.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Verdict;

/** All that the core knows. */
public final class State {
  public static State initial() {
    return new State();
  }

  /** What is held of a target; empty when it is not watched. */
  public Optional<Verdict> verdict(TargetName target) {
    return Optional.empty();
  }

  /** What is held of every target, by name. */
  public List<Verdict> verdicts() {
    return List.of();
  }

  /**
   * The first instant at which a {@link Input.Tick} would change something; empty: none until
   * something arrives. May be early, never late.
   */
  public Optional<Instant> due() {
    return Optional.empty();
  }

  /** Newest first. */
  public List<Incident> openIncidents() {
    return List.of();
  }
}
