package parallax.coordinator.view;

import java.time.Instant;
import java.util.List;
import parallax.config.Configuration;
import parallax.config.problem.Problem;

/**
 * Which configuration is in force, and whether the newest edit could be taken.
 *
 * @param loadedAt when it came into force
 * @param reloadedAt when users' files were read last
 * @param problems of the newest edit, which is not in force when there are any
 */
public record ConfigurationStatus(
    Configuration configuration, Instant loadedAt, Instant reloadedAt, List<Problem> problems) {

  public ConfigurationStatus {
    problems = List.copyOf(problems);
  }

  /** Whether what users wrote last is what is in force. */
  public boolean isCurrent() {
    return problems.isEmpty();
  }
}
