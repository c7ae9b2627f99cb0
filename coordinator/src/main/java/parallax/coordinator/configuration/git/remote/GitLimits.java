package parallax.coordinator.configuration.git.remote;

import java.time.Duration;

/**
 * How much of a remote is borne.
 *
 * @param time for one fetch as a whole
 * @param silence so long nothing may come before a connection counts as dead, in whole seconds
 * @param bytes of one pack
 * @param objects of one pack
 */
public record GitLimits(Duration time, Duration silence, long bytes, int objects) {
  public static final GitLimits USUAL =
      new GitLimits(Duration.ofMinutes(2), Duration.ofSeconds(20), 256L * 1024 * 1024, 500_000);

  public GitLimits {
    if (time.toSeconds() < 1 || silence.toSeconds() < 1 || bytes < 1 || objects < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
