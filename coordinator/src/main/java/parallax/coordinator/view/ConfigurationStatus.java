package parallax.coordinator.view;

import java.time.Instant;
import java.util.List;
import parallax.config.Configuration;

/**
 * Which configuration is in force, and whether the newest edit could be taken.
 *
 * @param loadedAt when it came into force
 * @param reloadedAt when users' files were read last
 * @param problems of the newest edit, which is not in force when there are any
 */
public record ConfigurationStatus(
    Configuration configuration, Instant loadedAt, Instant reloadedAt, List<Fault> problems) {

  public ConfigurationStatus {
    problems = List.copyOf(problems);
  }

  /** Whether what users wrote last is what is in force. */
  public boolean isCurrent() {
    return problems.isEmpty();
  }

  /**
   * Something in users' files that cannot be taken.
   *
   * @param file as it can be shown
   * @param line from 1
   * @param column from 1
   */
  public record Fault(String file, int line, int column, String message) {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column + ": " + message;
    }
  }
}
