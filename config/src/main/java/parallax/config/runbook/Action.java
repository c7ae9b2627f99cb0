package parallax.config.runbook;

import java.time.Duration;
import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * Something that a machine can do about trouble.
 *
 * @param name unique in its runbook
 * @param automatic when it is done by itself; empty: only by hand
 */
public record Action(String name, Work work, Optional<Automatic> automatic) {

  /** What is done. */
  public sealed interface Work {
    /**
     * A JSON document is posted.
     *
     * @param url http or https; may hold secrets
     * @param secret by which the document is signed
     * @param timeout for all of it
     */
    record Webhook(Secret url, Optional<Secret> secret, Duration timeout) implements Work {
      /** What holds when nothing is said. */
      public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

      public static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
      public static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    }

    /**
     * A command that the coordinator's own machine allows.
     *
     * @param name in the file of that machine, which says what is run
     */
    record Command(String name) implements Work {}
  }
}
