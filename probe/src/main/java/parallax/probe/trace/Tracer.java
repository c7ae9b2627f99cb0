package parallax.probe.trace;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import parallax.config.observation.seen.TraceSeen;

/** Follows the way to an address. */
@FunctionalInterface
public interface Tracer {
  /** No trace takes longer. */
  Duration MAX_TIME = Duration.ofSeconds(5);

  /** Nobody does. */
  Tracer NONE = (_, _) -> Future.succeededFuture(Optional.empty());

  /**
   * Follows the way to {@code to}; may be called from any thread, and does not keep it waiting.
   *
   * @param port that connections go to; empty: none do
   * @return never fails; empty when this machine may not send what it takes, or has no way there at
   *     all
   */
  Future<Optional<TraceSeen>> trace(InetAddress to, Optional<Integer> port);
}
