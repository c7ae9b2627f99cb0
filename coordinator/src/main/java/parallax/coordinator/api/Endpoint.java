package parallax.coordinator.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.pages.PageRoute;
import parallax.coordinator.api.people.SilencesApi;
import parallax.coordinator.api.scrape.Metrics;

/**
 * One path and what answers it.
 *
 * @param path as the API description writes it, {@code /api/v1/incidents/{id}}; a last parameter
 *     takes the rest of the path, slashes included; of several that fit the first one counts
 * @param need what whoever asks needs; who says nothing of it has it for admins alone
 * @param where on which thread it is answered
 * @param kept what was answered a moment ago, for whoever asks the same
 */
record Endpoint(String path, Need need, Where where, Answer answer, PageRoute.Kept kept) {
  /** One that is answered anew each time. */
  Endpoint(String path, Need need, Where where, Answer answer) {
    this(path, need, where, answer, (_, _) -> Optional.empty());
  }

  /** What every coordinator answers for itself, whoever leads: about its own process. */
  private static final Set<String> OF_PROCESS =
      Set.of("/healthz", "/readyz", "/openapi.yaml", Metrics.PATH);

  /** What every coordinator reads from the record that all share. */
  private static final List<String> OF_RECORD = List.of(IncidentsApi.PATH, SilencesApi.PATH);

  /** One of which nobody has said who may read it. */
  Endpoint(String path, Where where, Answer answer) {
    this(path, Need.ADMIN, where, answer);
  }

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

  /** Whether every coordinator answers it, whoever leads. */
  boolean isForAll() {
    return OF_PROCESS.contains(path) || OF_RECORD.stream().anyMatch(path::startsWith);
  }

  /** Whether a path, as it was sent, ends as this one does. */
  boolean isMeantBy(String sent) {
    return sent.endsWith(path.substring(path.indexOf('}') + 1)) || path.indexOf('}') < 0;
  }

  /** The path as the router writes it. */
  String routerPath() {
    return prefix().map(prefix -> prefix + "*").orElse(path);
  }
}
