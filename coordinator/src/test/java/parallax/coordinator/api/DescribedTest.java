package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Facts;
import parallax.config.observation.Outcome;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.policy.Receiver;
import parallax.config.problem.Problem;
import parallax.config.secret.Secret;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Told;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** Holds what the API answers and what its description says together. */
final class DescribedTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private Store store;
  private ApiServer server;
  private WebClient web;
  private OpenApi description;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, System::nanoTime, InstantSource.fixed(Examples.NOON)));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    description = OpenApi.parse(web.get("/openapi.yaml").body());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private void isAsDescribed(String path, String asked) {
    HttpResponse<String> response = web.get(asked);
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    assertThat(description.faults(path, response.statusCode(), type, response.body()))
        .as("%s answers %s", asked, response.body())
        .isEmpty();
  }

  private static TargetView view(Verdict verdict, boolean looked) {
    TargetView view =
        new TargetView(
            Examples.target(verdict.target().value()),
            verdict,
            List.of(),
            UptimeHistory.EMPTY.with(verdict.since(), verdict.state()),
            Optional.empty());
    return looked
        ? view.seeing(Examples.evidence(verdict.target().value(), Examples.REFUSED, Examples.NOON))
        : view;
  }

  @Test
  void everyFieldSaysWhatItMeans() {
    assertThat(description.undescribed()).isEmpty();
  }

  @Test
  void targetsOfEveryState() {
    List<TargetView> views = new ArrayList<>();
    for (TargetState state : TargetState.values()) {
      boolean looked = state != TargetState.UNKNOWN;
      views.add(view(Examples.verdict("t" + state, state, Examples.NOON), looked));
    }
    views.add(view(Told.blocked("blocked"), true));
    views.add(view(Told.slow("slow"), true));
    shown.show(views);
    isAsDescribed("/api/v1/targets", "/api/v1/targets");
    isAsDescribed("/api/v1/targets", "/api/v1/targets?limit=1");
    for (TargetView view : views) {
      isAsDescribed("/api/v1/targets/{name}", "/api/v1/targets/" + view.target().name());
    }
    JsonObject verdict = web.json("/api/v1/targets/blocked").getJsonObject("verdict");
    assertThat(verdict.getJsonObject("blocked").encode())
        .isEqualTo(
            "{\"certainty\":\"stated\",\"places\":[{\"name\":\"tokyo\",\"region\":\"tokyo\","
                + "\"network\":null,\"signs\":[{\"code\":\"LEGAL_REASONS\","
                + "\"text\":\"HTTP 451, unavailable for legal reasons\",\"probes\":2}]}]}");
    assertThat(verdict.getJsonObject("why").getJsonArray("shares").getJsonObject(0).encode())
        .isEqualTo("{\"group\":\"region:lima\",\"failing\":0,\"looking\":2}");
    JsonObject slow = web.json("/api/v1/targets/slow").getJsonObject("verdict");
    assertThat(slow.getJsonArray("shortcomings").getJsonObject(0).encode())
        .isEqualTo(
            "{\"check\":\"http\",\"layer\":\"HTTP\",\"reason\":\"slower than allowed\","
                + "\"code\":\"HTTP_SLOW\",\"regions\":[\"tokyo\"],\"everywhere\":false,"
                + "\"probes\":2,\"looking\":6}");
  }

  @Test
  void incidentsOfEverySubject() {
    List<Incident> incidents = List.of(Told.blocked(), Told.ours(), Told.shared(), Told.over());
    for (Incident incident : incidents) {
      store.record(
          store.takeOver(),
          List.of(
              new Effect.IncidentChanged(incident),
              new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of("hook")))),
          Examples.NOON);
    }
    isAsDescribed("/api/v1/incidents", "/api/v1/incidents");
    isAsDescribed("/api/v1/incidents", "/api/v1/incidents?state=resolved&limit=1");
    for (Incident incident : incidents) {
      isAsDescribed("/api/v1/incidents/{id}", "/api/v1/incidents/" + incident.id());
    }
    JsonObject ours = web.json("/api/v1/incidents/" + Told.ours().id());
    assertThat(ours.getString("subject")).isEqualTo("vantage");
    assertThat(ours.getJsonObject("why").getString("rule")).contains("checks fail there");
  }

  @Test
  void observationsProbesConfigurationAndHealth() {
    shown.show(List.of(view(Examples.verdict("shop", TargetState.UP, Examples.NOON), true)));
    shown.rejected(List.of(new Problem(Path.of("x.yaml"), 1, 2, "unknown key")));
    for (Outcome outcome : List.of(Outcome.up(), Examples.REFUSED)) {
      store.append(List.of(Examples.evidence("shop", outcome, Examples.NOON)));
    }
    ChainSeen.Certificate certificate =
        new ChainSeen.Certificate(
            "CN=a", "CN=b", List.of("a"), 0, Examples.NOON, Examples.EXPIRY, "EC 256", "x");
    WalkSeen.Server server =
        new WalkSeen.Server("a.", "192.0.2.1", WalkSeen.Answer.SERVES, "yes", Duration.ofMillis(2));
    Duration took = Duration.ofMillis(3);
    PartsSeen.Part part =
        new PartsSeen.Part(
            "step 1",
            Optional.of(200),
            took,
            new PartsSeen.Spent(took, took, took, took, took),
            Optional.of(9L),
            Optional.empty());
    TraceSeen trace =
        new TraceSeen(
            "192.0.2.1",
            List.of(
                TraceSeen.Hop.SILENT,
                new TraceSeen.Hop(Optional.of("192.0.2.1"), Optional.of(took))),
            TraceSeen.End.ARRIVED);
    Facts seen =
        Facts.NONE
            .withChain(new ChainSeen(List.of(certificate), 0, Optional.empty()))
            .withParts(new PartsSeen(List.of(part), 2))
            .withReach(ReachSeen.of(trace))
            .withWalk(
                new WalkSeen(
                    "x.",
                    List.of(new WalkSeen.Step(".", List.of(server), 0)),
                    Optional.of("bad"),
                    3));
    store.append(List.of(Examples.evidence("shop", Outcome.up(), Examples.NOON, seen)));
    isAsDescribed("/api/v1/observations", "/api/v1/observations?target=shop");
    isAsDescribed("/api/v1/probes", "/api/v1/probes");
    shown.connected(Examples.connection("tokyo-1", ProbeConnection.State.HELD_BACK));
    isAsDescribed("/api/v1/probes", "/api/v1/probes");
    isAsDescribed("/api/v1/configuration", "/api/v1/configuration");
    isAsDescribed("/healthz", "/healthz");
    isAsDescribed("/readyz", "/readyz");
  }

  @Test
  void problems() {
    isAsDescribed("/api/v1/targets", "/api/v1/targets?limit=0");
    isAsDescribed("/api/v1/targets/{name}", "/api/v1/targets/nothing");
    isAsDescribed("/api/v1/incidents/{id}", "/api/v1/incidents/none");
    shown.troubled("the store cannot be written");
    isAsDescribed("/readyz", "/readyz");
  }

  @Test
  void aFieldThatIsNotDescribedAndOneThatIsMissingAreFound() {
    assertThat(
            description.faults(
                "/healthz", 200, "application/json", "{\"status\":\"ok\",\"more\":1}"))
        .hasSize(2);
  }

  @Test
  void whatIsWrongWithParallaxItself() {
    shown.show(List.of(view(Examples.verdict("t", TargetState.UP, Examples.NOON), true)));
    isAsDescribed("/api/v1/status", "/api/v1/status");
    assertThat(web.json("/api/v1/status").getBoolean("well")).isTrue();
    shown.show(List.of(), List.of(Told.ours()));
    shown.tells(
        List.of(new Receiver.Webhook("chat", Secret.of("https://hooks.example.com/"))),
        new TreeMap<>(Map.of("chat", Examples.NOON)));
    shown.troubled("the record cannot be written");
    isAsDescribed("/api/v1/status", "/api/v1/status");
    JsonObject status = web.json("/api/v1/status");
    assertThat(status.getBoolean("well")).isFalse();
    assertThat(status.getJsonArray("problems").stream())
        .extracting(problem -> ((JsonObject) problem).getString("kind"))
        .containsExactly("coordinator", "receiver", "vantage");
    assertThat(status.getJsonArray("problems").getJsonObject(1).encode())
        .isEqualTo(
            "{\"kind\":\"receiver\",\"subject\":\"chat\",\"since\":\""
                + Examples.NOON
                + "\",\"text\":\"nothing arrives there\"}");
  }
}
