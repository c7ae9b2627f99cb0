package parallax.coordinator.api;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.Store.Delivery;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Words;

/** Incidents, from the durable record. */
final class IncidentsApi {
  static final String PATH = "/api/v1/incidents";
  private static final int PAGE = 100;

  /** Of an incident with more targets than this, the timeline tells of the first ones. */
  private static final int TIMELINE_TARGETS = 10;

  private final Store store;
  private final Overview overview;

  private enum Status {
    OPEN,
    RESOLVED
  }

  /** Something that happened in an incident. */
  private record Event(Instant at, String kind, String text) {}

  IncidentsApi(Store store, Overview overview) {
    this.store = store;
    this.overview = overview;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(PATH, Endpoint.Where.WORKER, this::list),
        new Endpoint(PATH + "/{id}", Endpoint.Where.WORKER, this::one));
  }

  private Reply list(Request request) throws Request.Unusable {
    Optional<Boolean> open =
        request.word("state", Status.values(), Status::name).map(status -> status == Status.OPEN);
    Optional<String> cursor = request.parameter("cursor");
    int limit = request.limit(PAGE, Store.MAX_PAGE);
    Store.Page<Incident> page = Request.page(cursor, () -> store.incidents(open, cursor, limit));
    return Reply.json(Json.page(page.items(), page.next(), IncidentsApi::summary));
  }

  private Reply one(Request request) throws Request.Unusable {
    IncidentId id =
        new IncidentId(Request.decodedPath(request.path().substring((PATH + "/").length())));
    Optional<Incident> found = store.incident(id);
    if (found.isEmpty()) {
      return Reply.problem(404, "there is no incident of this id");
    }
    Incident incident = found.get();
    List<Delivery> deliveries = store.deliveries(id);
    List<Event> timeline = timeline(incident, deliveries);
    return Reply.json(
        Json.object(
            json -> {
              summary(json, incident);
              CoreJson.why(json, incident.why());
              json.texts("well", incident.well().stream().map(TargetName::value).toList())
                  .items("evidence", incident.votes(), CoreJson::vote)
                  .items("timeline", timeline, IncidentsApi::event)
                  .items("notifications", deliveries, IncidentsApi::delivery);
            }));
  }

  private List<Event> timeline(Incident incident, List<Delivery> deliveries) {
    List<Event> events = new ArrayList<>();
    events.add(new Event(incident.onset(), "onset", "first sign: " + Words.of(incident.cause())));
    events.add(new Event(incident.opened(), "opened", "opened " + Words.of(incident.scope())));
    incident
        .published()
        .ifPresent(at -> events.add(new Event(at, "published", "confirmed and told")));
    incident.resolved().ifPresent(at -> events.add(new Event(at, "resolved", "works again")));
    Instant end = incident.resolved().orElse(overview.snapshot().at()).plusSeconds(1);
    for (TargetName target : incident.targets().stream().limit(TIMELINE_TARGETS).toList()) {
      for (Store.Interval interval : store.intervals(target, incident.onset(), end)) {
        if (!interval.from().isBefore(incident.onset())) {
          String cause = interval.cause().map(known -> ", " + Words.of(known)).orElse("");
          events.add(
              new Event(interval.from(), "verdict", target + " is " + interval.state() + cause));
        }
      }
    }
    for (Delivery delivery : deliveries) {
      delivery.delivered().ifPresent(at -> events.add(new Event(at, "notified", words(delivery))));
    }
    events.sort(Comparator.comparing(Event::at));
    return events;
  }

  private static void summary(Json json, Incident incident) throws IOException {
    CoreJson.incident(json, incident);
    CoreJson.blocked(json, Words.blocked(incident));
    json.text("summary", Words.of(incident)).number("reopened", incident.reopened());
  }

  private static void event(Json json, Event event) throws IOException {
    json.instant("at", event.at()).text("event", event.kind()).text("text", event.text());
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
      case RESOLVED -> "up";
    };
  }

  private static String words(Delivery delivery) {
    String what =
        switch (delivery.kind()) {
          case OPENED -> "the opening";
          case REOPENED -> "the return";
          case RESOLVED -> "the resolution";
        };
    return delivery.receiver() + " was told of " + what;
  }
}
