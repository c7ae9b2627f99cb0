package parallax.probe.audit.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a registration.
 *
 * @param domain the registrable name, in lower case without last dot
 * @param expiry the earliest end that is told
 * @param warn how long before the end it is soon
 * @param fail how long before the end it is late
 */
public record DomainFacts(
    String domain,
    Optional<String> registrar,
    Lock lock,
    Optional<Instant> expiry,
    Duration warn,
    Duration fail) {

  /** Whether something keeps others from moving the registration away. */
  public enum Lock {
    LOCKED,
    /** The registry publishes locks, and there is none. */
    OPEN,
    /** The registry does not say. */
    NOT_TOLD
  }
}
