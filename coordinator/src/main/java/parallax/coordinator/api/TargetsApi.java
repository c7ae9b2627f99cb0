package parallax.coordinator.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.target.Heartbeat;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.exchange.StateJson;
import parallax.coordinator.api.people.ReportsApi;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.json.ObjectiveJson;
import parallax.coordinator.people.RecentReports;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.RegionView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Windows;

/** Targets: what is configured, what is held to be true, how it looks from where. */
final class TargetsApi {
  static final String PATH = "/api/v1/targets";
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final Overview overview;
  private final RecentReports reports;

  TargetsApi(Overview overview, RecentReports reports) {
    this.overview = overview;
    this.reports = reports;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(PATH, Need.VIEWER, Endpoint.Where.WORKER, this::list),
        new Endpoint(PATH + "/{name}", Need.VIEWER, Endpoint.Where.WORKER, this::one));
  }

  private Reply list(Request request) throws Request.Unusable {
    Optional<TargetState> state = request.word("state", TargetState.values(), TargetState::name);
    int limit = request.limit(PAGE, MAX_PAGE);
    Snapshot snapshot = overview.snapshot();
    Windows windows = windows(snapshot);
    Optional<String> cursor = request.parameter("cursor");
    List<TargetView> candidates =
        cursor.isEmpty() ? snapshot.targets() : snapshot.targetsAfter(decoded(cursor.get()));
    List<TargetView> page = new ArrayList<>();
    Optional<String> next = Optional.empty();
    for (TargetView view : candidates) {
      if (state.isEmpty() || view.verdict().state() == state.get()) {
        if (page.size() == limit) {
          next = Optional.of(encoded(page.getLast().target().name()));
          break;
        }
        page.add(view);
      }
    }
    return Reply.json(Json.page(page, next, (json, view) -> write(json, view, snapshot, windows)));
  }

  private Reply one(Request request) throws Request.Unusable {
    Snapshot snapshot = overview.snapshot();
    for (String name : request.named(PATH + "/")) {
      Optional<TargetView> found =
          TargetName.isValid(name) ? snapshot.target(new TargetName(name)) : Optional.empty();
      if (found.isPresent()) {
        return Reply.json(
            Json.object(json -> write(json, found.get(), snapshot, windows(snapshot))));
      }
    }
    return Reply.problem(404, "no target of this name is configured");
  }

  private static Windows windows(Snapshot snapshot) {
    return new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.LONGEST);
  }

  private void write(Json json, TargetView view, Snapshot snapshot, Windows windows)
      throws IOException {
    Target target = view.target();
    json.text("name", target.name().value())
        .text("url", target.url().map(Object::toString))
        .object(
            "labels",
            labels -> {
              for (Map.Entry<String, String> label : target.labels().entrySet()) {
                labels.text(label.getKey(), label.getValue());
              }
            })
        .number("intervalSeconds", target.interval().toMillis() / 1e3)
        .texts("from", target.from().stream().map(Object::toString).toList())
        .texts("checks", target.checks().stream().map(spec -> spec.kind().label()).toList())
        .object("verdict", fields -> verdict(fields, view.verdict()))
        .object(
            "regions",
            regions -> {
              for (RegionView region : view.regions(snapshot.at())) {
                regions.object(region.region().value(), fields -> region(fields, region));
              }
            });
    Optional<Evidence> deepest = view.deepestLook();
    if (deepest.isPresent()) {
      latency(json, deepest.get().observation());
    } else {
      json.nothing("latency");
    }
    json.instant("certificateExpiry", view.certificateExpiry())
        .items("routes", view.routes(), (each, look) -> CoreJson.route(each, look.route()))
        .object("uptime", fields -> uptime(fields, view, snapshot.at(), windows))
        .object("maintenanceSeconds", fields -> apart(fields, target, snapshot.at(), windows));
    ObjectiveJson.write(json, view, snapshot.at(), windows.of(target));
    heartbeat(json, target.heartbeat());
    maintenance(json, windows.open(target));
    silenced(json, snapshot.silence(target));
    ReportsApi.tally(json, reports.of(target.name()));
  }

  private static void heartbeat(Json json, Optional<Heartbeat> heartbeat) throws IOException {
    if (heartbeat.isEmpty()) {
      json.nothing("heartbeat");
      return;
    }
    json.object(
        "heartbeat",
        fields ->
            fields
                .number("everySeconds", heartbeat.get().every().toSeconds())
                .number("graceSeconds", heartbeat.get().grace().toSeconds()));
  }

  private static void maintenance(Json json, Optional<Windows.Open> open) throws IOException {
    if (open.isEmpty()) {
      json.nothing("maintenance");
      return;
    }
    json.object(
        "maintenance",
        fields -> fields.text("name", open.get().name()).instant("until", open.get().until()));
  }

  private static void silenced(Json json, Optional<Silence> silence) throws IOException {
    if (silence.isEmpty()) {
      json.nothing("silenced");
      return;
    }
    json.object(
        "silenced",
        fields ->
            fields
                .text("id", silence.get().id())
                .instant("until", silence.get().end())
                .text("reason", silence.get().reason())
                .text("who", silence.get().who()));
  }

  /** What of each window was maintenance, which counts neither as up nor as down. */
  private static void apart(Json json, Target target, Instant at, Windows windows)
      throws IOException {
    long end = at.toEpochMilli();
    for (Window window : Window.values()) {
      long start = end - window.length().toMillis();
      json.number(window.label(), windows.of(target).length(start, end) / 1000);
    }
  }

  private static void verdict(Json json, Verdict verdict) throws IOException {
    StateJson.verdict(json, verdict);
    CoreJson.blocked(json, Interference.of(verdict));
    json.items("shortcomings", Shortcoming.of(verdict), CoreJson::shortcoming)
        .items("evidence", verdict.votes(), CoreJson::vote);
    CoreJson.why(json, verdict.why());
  }

  private static void region(Json json, RegionView region) throws IOException {
    Optional<Observation> deciding = region.deciding().map(Evidence::observation);
    Optional<Finding> why = deciding.flatMap(seen -> seen.outcome().why());
    json.text("state", region.state().name())
        .text("layer", deciding.map(seen -> seen.layer().name()))
        .text("reason", why.map(finding -> finding.reason().text()))
        .text("code", why.map(finding -> finding.reason().name()))
        .text("detail", why.map(Finding::detail))
        .instant("lastSeen", region.lastSeen());
    latency(json, region.deepest().observation());
  }

  private static void latency(Json json, Observation seen) throws IOException {
    json.object(
        "latency",
        fields -> {
          fields.text("check", seen.check().label()).millis("totalMs", seen.duration());
          CoreJson.timings(fields, seen.timings());
        });
  }

  private static void uptime(Json json, TargetView view, Instant at, Windows windows)
      throws IOException {
    for (Window window : Window.values()) {
      OptionalDouble ratio = view.uptime().ratio(window, at, windows.of(view.target()));
      if (ratio.isPresent()) {
        json.number(window.label(), ratio.getAsDouble());
      } else {
        json.nothing(window.label());
      }
    }
  }

  private static String encoded(TargetName name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.value().getBytes(StandardCharsets.UTF_8));
  }

  private static TargetName decoded(String cursor) throws Request.Unusable {
    try {
      String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return new TargetName(name);
    } catch (IllegalArgumentException e) {
      throw new Request.Unusable("cursor must be the next of an earlier page");
    }
  }
}
