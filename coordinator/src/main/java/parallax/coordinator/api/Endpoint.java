package parallax.coordinator.api;

import java.util.Optional;
import java.util.Set;

/**
 * One path and what answers it.
 *
 * @param path as the API description writes it, {@code /api/v1/incidents/{id}}; a last parameter
 *     takes the rest of the path, slashes included
 * @param where on which thread it is answered
 */
record Endpoint(String path, Where where, Answer answer) {
  /** What every coordinator answers for itself, whoever leads. */
  private static final Set<String> OF_PROCESS =
      Set.of("/healthz", "/readyz", "/openapi.yaml", MetricsApi.PATH);

  /** On which thread a request is answered. */
  enum Where {
    /** On the event loop: from memory, in microseconds, even when all else is busy. */
    EVENT_LOOP,
    /** On a worker: it reads the store, or renders much. */
    WORKER
  }

  /** Answers a request; never on a thread that must not block unless it does not. */
  @FunctionalInterface
  interface Answer {
    Reply to(Request request) throws Request.Unusable;
  }

  /** The path up to its parameter, if it has one. */
  Optional<String> prefix() {
    int brace = path.indexOf('{');
    return brace < 0 ? Optional.empty() : Optional.of(path.substring(0, brace));
  }

  /** Whether it is about this process rather than about what is watched. */
  boolean isOfProcess() {
    return OF_PROCESS.contains(path);
  }

  /** The path as the router writes it. */
  String routerPath() {
    return prefix().map(prefix -> prefix + "*").orElse(path);
  }
}
