package parallax.coordinator.core.fleet;

import java.time.Duration;

/** The probes. */
public final class Fleet {
  /** How often a probe gives a sign of life. */
  public static final Duration BEAT = Duration.ofSeconds(10);

  private Fleet() {}
}
