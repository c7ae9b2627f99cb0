package parallax.coordinator.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.ProbeName;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.json.Json;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;

/** Probes: what they said, and how their streams do. */
final class ProbesApi {
  private static final double MILLIS = 1_000;

  private final Overview overview;

  ProbesApi(Overview overview) {
    this.overview = overview;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("/api/v1/probes", Need.VIEWER, Endpoint.Where.WORKER, _ -> probes()));
  }

  private Reply probes() {
    Snapshot snapshot = overview.snapshot();
    SortedMap<ProbeName, ProbeConnection> connections =
        ProbeConnection.byProbe(overview.connections());
    SortedMap<ProbeName, ProbeView> views = new TreeMap<>();
    // Who is connected and has seen nothing yet is a probe, too.
    connections.forEach(
        (name, stream) -> views.put(name, ProbeView.unheard(stream.vantage(), stream.heard())));
    snapshot.probes().forEach(view -> views.put(view.vantage().probe(), view));
    return Reply.json(
        Json.page(
            List.copyOf(views.values()),
            Optional.empty(),
            (json, probe) ->
                write(
                    json,
                    probe,
                    snapshot.isHeard(probe),
                    Optional.ofNullable(connections.get(probe.vantage().probe())))));
  }

  private static void write(
      Json json, ProbeView probe, boolean heard, Optional<ProbeConnection> stream)
      throws IOException {
    json.text("name", probe.vantage().probe().value())
        .text("region", probe.vantage().region().value());
    number(json, "asn", probe.vantage().asn());
    ProbeConnection.State state =
        stream.map(ProbeConnection::state).orElse(ProbeConnection.State.GONE);
    json.text("state", word(state))
        .flag("heard", heard)
        .instant("lastHeard", probe.lastHeard())
        .number("observations", probe.observations())
        .object(
            "outcomes",
            outcomes ->
                outcomes
                    .number("up", probe.up())
                    .number("degraded", probe.degraded())
                    .number("down", probe.down())
                    .number("inconclusive", probe.inconclusive()))
        .instant("newestObservation", probe.newest().map(ProbeView.Newest::received));
    Duration ahead =
        stream
            .flatMap(ProbeConnection::clock)
            .map(ProbeConnection.Clock::ahead)
            .orElse(Duration.ZERO);
    seconds(json, "lagSeconds", probe.lag(ahead));
    if (stream.isPresent()) {
      json.object("connection", fields -> write(fields, stream.get()));
    } else {
      json.nothing("connection");
    }
  }

  private static void write(Json json, ProbeConnection stream) throws IOException {
    json.text("coordinator", stream.coordinator())
        .instant("since", stream.since())
        .instant("lastFrame", stream.heard())
        .text("address", stream.address())
        .text("credential", stream.credential())
        .text("software", stream.software())
        .instant("started", Instant.ofEpochMilli(stream.boot()))
        .text("assignment", stream.accepted().map(ProbesApi::revision))
        .items("notSupported", stream.notSupported(), ProbesApi::part);
    Optional<ProbeConnection.Clock> clock = stream.clock();
    seconds(json, "clockOffsetSeconds", clock.map(ProbeConnection.Clock::ahead));
    seconds(json, "roundTripSeconds", clock.map(ProbeConnection.Clock::roundTrip));
    number(json, "spooled", stream.spool().map(ProbeFrame.Spooled::observations));
    number(json, "spooledBytes", stream.spool().map(ProbeFrame.Spooled::bytes));
    json.items("dropped", stream.drops().entrySet(), ProbesApi::drop);
  }

  private static void part(Json json, ProbeFrame.NotSupported part) throws IOException {
    json.text("target", part.target()).text("what", part.what());
  }

  private static void drop(Json json, Map.Entry<ProbeFrame.Dropped, Long> drop) throws IOException {
    json.text("priority", word(drop.getKey().priority()))
        .text("cause", word(drop.getKey().cause()))
        .number("observations", drop.getValue());
  }

  private static void number(Json json, String field, Optional<Long> value) throws IOException {
    if (value.isPresent()) {
      json.number(field, value.get());
    } else {
      json.nothing(field);
    }
  }

  private static void seconds(Json json, String field, Optional<Duration> value)
      throws IOException {
    if (value.isPresent()) {
      json.number(field, value.get().toMillis() / MILLIS);
    } else {
      json.nothing(field);
    }
  }

  /** As the revision of the configuration is written. */
  private static String revision(long assignment) {
    return String.format(Locale.ROOT, "%016x", assignment);
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
