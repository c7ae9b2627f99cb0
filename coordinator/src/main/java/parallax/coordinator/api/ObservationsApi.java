package parallax.coordinator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.ObservationId;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;

/** Raw evidence, from the durable record. */
final class ObservationsApi {
  static final String PATH = "/api/v1/observations";
  private static final int PAGE = 100;
  private static final Duration LAST_HOUR = Duration.ofHours(1);

  private final Store store;
  private final Overview overview;

  ObservationsApi(Store store, Overview overview) {
    this.store = store;
    this.overview = overview;
  }

  List<Endpoint> endpoints() {
    return List.of(new Endpoint(PATH, Need.VIEWER, Endpoint.Where.WORKER, this::list));
  }

  private Reply list(Request request) throws Request.Unusable {
    Optional<String> id = request.parameter("id");
    if (id.isPresent()) {
      return one(id.get());
    }
    String name =
        request
            .parameter("target")
            .orElseThrow(() -> new Request.Unusable("target must name a target"));
    if (!TargetName.isValid(name)) {
      throw new Request.Unusable("target must name a target");
    }
    // A little into the future, so that what arrives this very moment is in.
    Instant to = request.instant("to").orElse(overview.snapshot().at().plusSeconds(5));
    Instant from = request.instant("from").orElse(to.minus(LAST_HOUR));
    if (!from.isBefore(to)) {
      throw new Request.Unusable("from must be before to");
    }
    Optional<String> cursor = request.parameter("cursor");
    int limit = request.limit(PAGE, Store.MAX_PAGE);
    TargetName target = new TargetName(name);
    Store.Page<Evidence> page =
        Request.page(cursor, () -> store.evidence(target, from, to, cursor, limit));
    if (page.items().isEmpty() && overview.snapshot().target(target).isEmpty()) {
      return Reply.problem(404, "no target of this name is configured, nor was one lately");
    }
    return Reply.json(Json.page(page.items(), page.next(), CoreJson::evidence));
  }

  /** The one that an exemplar of a metric names. */
  private Reply one(String text) throws Request.Unusable {
    ObservationId id =
        ObservationId.parse(text)
            .orElseThrow(() -> new Request.Unusable("id must be that of an observation"));
    List<Evidence> found = store.evidence(id).stream().toList();
    return found.isEmpty()
        ? Reply.problem(404, "no observation of this id is on record, or not any more")
        : Reply.json(Json.page(found, Optional.empty(), CoreJson::evidence));
  }
}
