package parallax.coordinator.api;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.exchange.StateJson;
import parallax.coordinator.api.people.ExportApi;
import parallax.coordinator.api.people.NotesApi;
import parallax.coordinator.api.people.ReportsApi;
import parallax.coordinator.api.people.RunbooksApi;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.postmortem.Draft;
import parallax.coordinator.postmortem.Timeline;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.sight.Ways;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.Store.Delivery;

/** Incidents, from the durable record. */
final class IncidentsApi {
  static final String PATH = "/api/v1/incidents";
  private static final int PAGE = 100;

  private static final String EXPORT = "/export";

  private final Store store;
  private final InstantSource clock;
  private final Supplier<Configuration> configuration;

  private enum Status {
    OPEN,
    RESOLVED
  }

  IncidentsApi(Store store, InstantSource clock, Supplier<Configuration> configuration) {
    this.store = store;
    this.clock = clock;
    this.configuration = configuration;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(PATH, Need.VIEWER, Endpoint.Where.WORKER, this::list),
        new Endpoint(PATH + "/{id}" + EXPORT, Need.VIEWER, Endpoint.Where.WORKER, this::export),
        new Endpoint(PATH + "/{id}", Need.VIEWER, Endpoint.Where.WORKER, this::one));
  }

  private Reply list(Request request) throws Request.Unusable {
    Optional<Boolean> open =
        request.word("state", Status.values(), Status::name).map(status -> status == Status.OPEN);
    Optional<String> cursor = request.parameter("cursor");
    int limit = request.limit(PAGE, Store.MAX_PAGE);
    Store.Page<Incident> page = Request.page(cursor, () -> store.incidents(open, cursor, limit));
    return Reply.json(Json.page(page.items(), page.next(), StateJson::incident));
  }

  private Reply one(Request request) throws Request.Unusable {
    Optional<Incident> found = find(request, "");
    if (found.isEmpty()) {
      return nothing();
    }
    Incident incident = found.get();
    Timeline.Sources sources = sources(incident);
    return Reply.json(
        Json.object(
            json -> {
              StateJson.incident(json, incident);
              CoreJson.why(json, incident.why());
              NotesApi.acknowledged(json, Timeline.acknowledgement(sources.entries()));
              json.texts("well", incident.well().stream().map(TargetName::value).toList())
                  .items("evidence", incident.votes(), CoreJson::vote)
                  .items("ways", Ways.of(store, incident, clock.instant()), IncidentsApi::way)
                  .items("timeline", Timeline.of(sources), NotesApi::line)
                  .items("notifications", sources.deliveries(), IncidentsApi::delivery);
              RunbooksApi.links(json, configuration.get(), incident);
              ReportsApi.about(json, incident, sources.reports(), clock.instant());
            }));
  }

  /** As decided by the path: {@code /incidents/{id}}, with something behind it or not. */
  private Optional<Incident> find(Request request, String suffix) throws Request.Unusable {
    String path = request.path();
    String id = path.substring((PATH + "/").length(), path.length() - suffix.length());
    return store.incident(new IncidentId(Request.decodedPath(id)));
  }

  private Timeline.Sources sources(Incident incident) {
    Instant end = incident.resolved().orElseGet(clock::instant).plusSeconds(1);
    return new Timeline.Sources(
        incident,
        store.notebook(incident.id()),
        store.deliveries(incident.id()),
        target -> store.intervals(target, incident.onset(), end),
        reports(incident, end));
  }

  /** What users reported about its targets, shortly before it and while it lasted. */
  private List<UserReport> reports(Incident incident, Instant end) {
    return store.reports().reports(incident.onset().minus(UserReport.RECENT), end).stream()
        .filter(report -> Collections.binarySearch(incident.targets(), report.target()) >= 0)
        .toList();
  }

  private Reply export(Request request) throws Request.Unusable {
    Optional<Incident> found = find(request, EXPORT);
    return found.isEmpty()
        ? nothing()
        : ExportApi.of(Draft.of(sources(found.get()), clock.instant()), request);
  }

  private static Reply nothing() {
    return Reply.problem(404, "there is no incident of this id");
  }

  private static void way(Json json, Ways.Way way) throws IOException {
    json.text("target", way.target().value())
        .text("probe", way.probe().value())
        .text("region", way.region().value())
        .instant("at", way.at());
    CoreJson.trace(json, way.trace());
  }

  private static void delivery(Json json, Delivery delivery) throws IOException {
    json.text("key", delivery.key())
        .text("event", event(delivery.kind()))
        .text("receiver", delivery.receiver())
        .instant("planned", delivery.planned())
        .number("attempts", delivery.attempts())
        .instant("delivered", delivery.delivered())
        .text("lastError", delivery.lastError())
        .flag("givenUp", delivery.givenUp());
  }

  private static String event(Notice.Kind kind) {
    return switch (kind) {
      case OPENED, REOPENED -> "down";
      case CHANGED -> "changed";
      case REMINDER -> "reminder";
      case ESCALATED -> "escalated";
      case ACKNOWLEDGED -> "acknowledged";
      case RESOLVED -> "up";
    };
  }
}
