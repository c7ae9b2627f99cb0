package parallax.config.check.service;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a whole dialogue may take, from the look-up of the name to the last answer.
 *
 * @param warn longer makes the target DEGRADED
 * @param fail longer makes the target DOWN
 */
public record Patience(Optional<Duration> warn, Optional<Duration> fail) {
  /** Until the deadline of the check. */
  public static final Patience ANY = new Patience(Optional.empty(), Optional.empty());
}
