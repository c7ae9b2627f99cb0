package parallax.coordinator.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.people.DrillApi;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.drill.Report;
import parallax.coordinator.json.Json;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.SourceRevision;
import parallax.coordinator.view.Words;

/** The coordinator itself: its health, its configuration and its description. */
final class StatusApi {
  /** More problems than this are only counted. */
  static final int MAX_TROUBLES = 100;

  private static final String DESCRIPTION = "openapi.yaml";

  private final Overview overview;
  private final Supplier<Optional<Report>> drill;
  private final String description;

  /**
   * The answers.
   *
   * @param drill one that people may notice now
   */
  StatusApi(Overview overview, Supplier<Optional<Report>> drill) {
    this.overview = overview;
    this.drill = drill;
    description = description();
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "/api/v1/configuration", Need.VIEWER, Endpoint.Where.WORKER, _ -> configuration()),
        new Endpoint("/api/v1/status", Need.VIEWER, Endpoint.Where.WORKER, _ -> status()),
        new Endpoint(
            "/healthz", Need.PUBLIC, Endpoint.Where.EVENT_LOOP, _ -> health(overview.notAlive())),
        new Endpoint(
            "/readyz", Need.PUBLIC, Endpoint.Where.EVENT_LOOP, _ -> health(overview.notReady())),
        new Endpoint(
            "/openapi.yaml",
            Need.VIEWER,
            Endpoint.Where.EVENT_LOOP,
            _ -> Reply.text("application/yaml", description)));
  }

  private Reply configuration() {
    ConfigurationStatus status = overview.configuration();
    return Reply.json(
        Json.object(
            json ->
                json.text("revision", status.configuration().revision())
                    .object("source", fields -> source(fields, status))
                    .instant("loadedAt", status.loadedAt())
                    .instant("reloadedAt", status.reloadedAt())
                    .flag("current", status.isCurrent())
                    .number("targets", status.configuration().targets().size())
                    .items(
                        "problems",
                        status.problems(),
                        (fields, problem) ->
                            fields
                                .text("file", problem.file().toString())
                                .number("line", problem.line())
                                .number("column", problem.column())
                                .text("message", problem.message()))));
  }

  /** What is wrong with Parallax itself. */
  private record Trouble(String kind, String subject, Optional<Instant> since, String text) {}

  /** Whether it decides and records, what is wrong, and whether anybody practises. */
  private Reply status() {
    List<Trouble> all = troubles(overview.snapshot());
    List<Trouble> shown = all.stream().limit(MAX_TROUBLES).toList();
    List<String> reasons = overview.notReady();
    Optional<Report> going = drill.get();
    return Reply.json(
        Json.object(
            json -> {
              json.text("version", overview.version())
                  .instant("at", overview.snapshot().at())
                  .flag("ready", reasons.isEmpty())
                  .texts("reasons", reasons)
                  .flag("well", all.isEmpty())
                  .items("problems", shown, StatusApi::trouble)
                  .number("moreProblems", all.size() - shown.size());
              if (going.isPresent()) {
                json.object("drill", fields -> DrillApi.brief(fields, going.get()));
              } else {
                json.nothing("drill");
              }
            }));
  }

  private static void trouble(Json json, Trouble trouble) throws IOException {
    json.text("kind", trouble.kind())
        .text("subject", trouble.subject())
        .instant("since", trouble.since())
        .text("text", trouble.text());
  }

  private List<Trouble> troubles(Snapshot now) {
    List<Trouble> all = new ArrayList<>();
    for (String reason : overview.notReady()) {
      all.add(new Trouble("coordinator", "coordinator", Optional.empty(), reason));
    }
    ConfigurationStatus status = overview.configuration();
    if (!status.isCurrent()) {
      String text = "its last edit was refused, problems: " + status.problems().size();
      Optional<Instant> since = Optional.of(status.reloadedAt());
      all.add(new Trouble("configuration", "configuration", since, text));
    }
    now.failing()
        .forEach(
            (receiver, since) ->
                all.add(
                    new Trouble(
                        "receiver", receiver, Optional.of(since), "nothing arrives there")));
    now.open().stream()
        .filter(incident -> incident.subject() == Incident.Subject.VANTAGE)
        .forEach(
            incident ->
                all.add(
                    new Trouble(
                        "vantage",
                        incident.cause().culprit(),
                        Optional.of(incident.onset()),
                        Words.of(incident.cause()))));
    now.probes().stream()
        .filter(probe -> !now.isHeard(probe))
        .forEach(
            probe ->
                all.add(
                    new Trouble(
                        "probe",
                        probe.vantage().probe().value(),
                        Optional.of(probe.lastHeard()),
                        "it is not heard")));
    return all;
  }

  private static void source(Json json, ConfigurationStatus status) throws IOException {
    json.text("commit", status.source().map(SourceRevision::commit))
        .text("author", status.source().map(SourceRevision::author))
        .instant("time", status.source().map(SourceRevision::time))
        .text("subject", status.source().map(SourceRevision::subject));
  }

  private Reply health(List<String> reasons) {
    if (reasons.isEmpty()) {
      return Reply.json(
          Json.object(json -> json.text("status", "ok").text("version", overview.version())));
    }
    return Reply.problem(503, String.join("; ", reasons)).with("Retry-After", "1");
  }

  private static String description() {
    try (InputStream resource = StatusApi.class.getResourceAsStream(DESCRIPTION)) {
      if (resource == null) {
        throw new IllegalStateException(DESCRIPTION + " is missing from the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(DESCRIPTION, e);
    }
  }
}
