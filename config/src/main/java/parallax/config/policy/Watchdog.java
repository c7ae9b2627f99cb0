package parallax.config.policy;

import java.time.Duration;
import parallax.config.secret.Secret;

/**
 * Somebody outside who is told at regular times that Parallax works, and raises the alarm when that
 * stops.
 *
 * @param url an http or https URL, which usually holds a secret
 * @param every from {@link #MIN_EVERY} to {@link #MAX_EVERY}
 */
public record Watchdog(Secret url, Duration every) {
  public static final Duration MIN_EVERY = Duration.ofSeconds(10);
  public static final Duration MAX_EVERY = Duration.ofHours(1);

  /** What holds where users say nothing. */
  public static final Duration USUAL_EVERY = Duration.ofMinutes(1);

  public Watchdog {
    if (every.compareTo(MIN_EVERY) < 0 || every.compareTo(MAX_EVERY) > 0) {
      throw new IllegalArgumentException("every: " + every);
    }
  }
}
