package parallax.coordinator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.observation.Outcome;
import parallax.config.problem.Problem;
import parallax.config.target.Heartbeat;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.OneLookDecides;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** The whole coordinator on a real store, over real HTTP, with the simplest core there can be. */
final class CoordinatorNodeTest {
  private static final String HOOK = "/hook/secret-token-7f3a";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final WireMockServer receiver =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final BlockingQueue<String> askedAgain = new LinkedBlockingQueue<>();
  private FaultyStore store;
  private CoordinatorNode node;
  private WebClient web;

  @BeforeEach
  void start() {
    receiver.start();
    receiver.stubFor(post(urlEqualTo(HOOK)).willReturn(aResponse().withStatus(204)));
    open();
  }

  @AfterEach
  void stop() {
    close();
    receiver.stop();
    vertx.close().await();
  }

  private void open() {
    store = new FaultyStore(SqliteStore.open(folder));
    node = CoordinatorNode.start(settings(0), _ -> new OneLookDecides());
    web = new WebClient(node.port());
    Waiting.until("ready", () -> web.get("/readyz").statusCode() == 200);
  }

  private void close() {
    node.close();
    store.close();
  }

  private CoordinatorNode.Settings settings(int port) {
    return new CoordinatorNode.Settings(
        vertx,
        "127.0.0.1",
        port,
        store,
        configuration("r1", "shop", "other"),
        InstantSource.system(),
        (target, check, _, after) -> askedAgain.add(target + " " + check + " " + after),
        "1.2.3");
  }

  private Configuration configuration(String revision, String... targets) {
    return Examples.telling(
        revision,
        "http://127.0.0.1:" + receiver.port() + HOOK,
        List.of(targets).stream().map(Examples::target).toArray(Target[]::new));
  }

  private void see(String target, Outcome outcome) {
    node.ingest(Examples.observation(target, outcome, InstantSource.system().instant()));
  }

  private JsonObject verdict(String target) {
    return web.json("/api/v1/targets/" + target).getJsonObject("verdict");
  }

  @Test
  void anOutageIsDecidedShownRecordedAndToldOnceAndSoIsItsEnd() throws Exception {
    see("shop", Outcome.up());
    Waiting.until("up", () -> verdict("shop").getString("state").equals("UP"));
    see("shop", Examples.REFUSED);
    Waiting.until("down", () -> verdict("shop").getString("state").equals("DOWN"));
    JsonObject cause = verdict("shop").getJsonObject("cause");
    assertThat(cause.getString("layer")).isEqualTo("TCP");
    assertThat(cause.getString("reason")).isEqualTo("connection refused");
    assertThat(cause.getString("code")).isEqualTo("CONNECTION_REFUSED");
    assertThat(askedAgain.poll(5, TimeUnit.SECONDS)).isEqualTo("shop HTTP PT0S");
    Waiting.until("told", () -> received().size() == 1);
    see("shop", Examples.REFUSED);
    see("shop", Outcome.up());
    Waiting.until("told of the end", () -> received().size() == 2);
    List<JsonObject> told =
        received().stream().map(r -> new JsonObject(r.getBodyAsString())).toList();
    assertThat(told).extracting(body -> body.getString("event")).containsExactly("down", "up");

    JsonObject incident = web.json("/api/v1/incidents").getJsonArray("items").getJsonObject(0);
    assertThat(incident.getString("state")).isEqualTo("resolved");
    String id = URLEncoder.encode(incident.getString("id"), StandardCharsets.UTF_8);
    Waiting.until(
        "both recorded as delivered",
        () ->
            web.json("/api/v1/incidents/" + id).getJsonArray("notifications").stream()
                .allMatch(n -> ((JsonObject) n).getString("delivered") != null));
    assertThat(web.json("/api/v1/incidents/" + id).getJsonArray("timeline").stream())
        .extracting(event -> ((JsonObject) event).getString("event"))
        .contains("onset", "opened", "verdict", "resolved", "told");
    Waiting.until(
        "evidence written",
        () -> web.json("/api/v1/observations?target=shop").getJsonArray("items").size() == 4);
    JsonObject facts =
        web.json("/api/v1/observations?target=shop")
            .getJsonArray("items")
            .getJsonObject(0)
            .getJsonObject("facts");
    assertThat(facts.getString("issuer")).isEqualTo("Test CA");
    assertThat(facts.getJsonArray("canonicalNames")).containsExactly("shop.cdn.test");
    String metrics = web.get("/metrics").body();
    assertThat(metrics)
        .contains("parallax_notifications_total{receiver=\"hook\",outcome=\"delivered\"} 2")
        .doesNotContain("secret-token");
  }

  @Test
  void aStoreThatFailsLosesNoDecisionAndHoldsBackItsNoticeUntilItIsWritten() {
    see("shop", Outcome.up());
    Waiting.until("up", () -> verdict("shop").getString("state").equals("UP"));
    store.fail(true);
    see("shop", Examples.REFUSED);
    Waiting.until("still deciding", () -> verdict("shop").getString("state").equals("DOWN"));
    Waiting.until("not ready", () -> web.get("/readyz").statusCode() == 503);
    assertThat(web.get("/readyz").body()).contains("the store cannot be written");
    assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(web.get("/api/v1/incidents").statusCode()).isEqualTo(503);
    int failures = store.failures();
    Waiting.until("tried again", () -> store.failures() > failures + 2);
    assertThat(received()).isEmpty();
    store.fail(false);
    Waiting.until("told", () -> received().size() == 1);
    Waiting.until("ready again", () -> web.get("/readyz").statusCode() == 200);
    assertThat(web.json("/api/v1/incidents?state=open").getJsonArray("items")).hasSize(1);
  }

  @Test
  void aSilenceIsInForceAndOverSoonAfterItWasAskedFor() {
    HttpResponse<String> made =
        web.post(
            "/api/v1/silences",
            "{\"match\": {\"target\": \"~sh.*\"}, \"duration\": \"1h\", \"reason\": \"move\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    Waiting.until("silenced", () -> silenced("shop").isPresent());
    assertThat(silenced("shop").orElseThrow().getString("reason")).isEqualTo("move");
    assertThat(silenced("other")).isEmpty();
    assertThat(web.get("/").body()).contains("silenced until");
    close();
    open();
    Waiting.until("still silenced", () -> silenced("shop").isPresent());
    String id = new JsonObject(made.body()).getString("id");
    assertThat(web.send("DELETE", "/api/v1/silences/" + id).statusCode()).isEqualTo(200);
    Waiting.until("over", () -> silenced("shop").isEmpty());
  }

  @Test
  void aJobIsJudgedByWhatItSaysAndToldOfAsAnyTarget() {
    Target shop = Examples.target("shop");
    Target job =
        new Target(
            new TargetName("backup"),
            Optional.empty(),
            shop.labels(),
            Duration.ofHours(1),
            List.of(),
            List.of(),
            Optional.of(new Heartbeat(Duration.ofHours(1), Duration.ZERO)));
    String hook = "http://127.0.0.1:" + receiver.port() + HOOK;
    node.configure(Examples.telling("r2", hook, shop, job));
    String path = "/api/v1/heartbeats/backup";
    Waiting.until("known", () -> web.send("POST", path).statusCode() == 200);
    Waiting.until("up", () -> verdict("backup").getString("state").equals("UP"));
    web.post(path, "{\"status\": \"fail\", \"detail\": \"disk full\"}");
    Waiting.until("down", () -> verdict("backup").getString("state").equals("DOWN"));
    Waiting.until("told", () -> received().size() == 1);
    assertThat(received().getFirst().getBodyAsString()).contains("JOB_FAILED", "disk full");
    assertThat(web.send("POST", path).statusCode()).isEqualTo(200);
    Waiting.until("told of the end", () -> received().size() == 2);
  }

  private Optional<JsonObject> silenced(String target) {
    return Optional.ofNullable(web.json("/api/v1/targets/" + target).getJsonObject("silenced"));
  }

  @Test
  void whatWasDecidedBeforeTheEndIsThereAfterARestart() {
    see("shop", Outcome.up());
    see("shop", Examples.REFUSED);
    close();
    open();
    assertThat(web.json("/api/v1/incidents").getJsonArray("items")).hasSize(1);
    assertThat(web.json("/api/v1/observations?target=shop").getJsonArray("items")).hasSize(2);
    Waiting.until("told, before or after", () -> !received().isEmpty());
    Waiting.until(
        "uptime remembered",
        () -> {
          JsonObject uptime = web.json("/api/v1/targets/shop").getJsonObject("uptime");
          return uptime.getDouble("24h") != null && uptime.getDouble("24h") < 1;
        });
  }

  @Test
  void aRejectedEditKeepsWhatIsInForceAndSaysWhereItIsWrong() {
    node.configurationRejected(
        List.of(new Problem(Path.of("targets.yaml"), 3, 7, "unknown key 'tagets'")));
    JsonObject status = web.json("/api/v1/configuration");
    assertThat(status.getBoolean("current")).isFalse();
    assertThat(status.getString("revision")).isEqualTo("r1");
    assertThat(status.getJsonArray("problems").getJsonObject(0).encode())
        .isEqualTo(
            "{\"file\":\"targets.yaml\",\"line\":3,\"column\":7,"
                + "\"message\":\"unknown key 'tagets'\"}");
    assertThat(web.get("/metrics").body()).contains("\nparallax_config_last_reload_successful 0\n");
    assertThat(web.get("/").body()).contains("targets.yaml:3:7: unknown key");
    assertThat(web.get("/readyz").statusCode()).isEqualTo(200);

    node.configure(configuration("r2", "shop", "new"));
    Waiting.until(
        "in force",
        () -> web.get("/metrics").body().contains("parallax_config_info{commit=\"r2\"} 1"));
    assertThat(web.get("/metrics").body()).contains("\nparallax_config_last_reload_successful 1\n");
    assertThat(web.json("/api/v1/configuration").getJsonArray("problems")).isEmpty();
  }

  @Test
  void aTargetThatLeftIsNoLongerShownCountedOrMeasured() {
    see("other", Outcome.up());
    Waiting.until("up", () -> verdict("other").getString("state").equals("UP"));
    assertThat(web.get("/metrics").body()).contains("{target=\"other\"");
    node.configure(configuration("r2", "shop"));
    Waiting.until("gone", () -> web.get("/api/v1/targets/other").statusCode() == 404);
    Waiting.until("not measured", () -> !web.get("/metrics").body().contains("\"other\""));
    see("other", Examples.REFUSED);
    Waiting.until(
        "dropped",
        () ->
            web.get("/metrics")
                .body()
                .contains("parallax_ingest_dropped_total{reason=\"unknown_target\"} 1"));
  }

  @Test
  void anAddressThatIsTakenIsSaidSo() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> CoordinatorNode.start(settings(port), _ -> new OneLookDecides()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cannot listen on 127.0.0.1:" + port);
    }
  }

  @Test
  void theSnapshotAgesWhenNothingHappens() {
    Instant before = node.overview().snapshot().at();
    Waiting.until("time passes", () -> node.overview().snapshot().at().isAfter(before));
    assertThat(node.overview().snapshot().target(new TargetName("shop"))).isPresent();
  }

  private List<LoggedRequest> received() {
    return receiver.findAll(postRequestedFor(urlEqualTo(HOOK)));
  }

  @Test
  void answersHeadAsGetWithoutABody() {
    HttpResponse<String> head = web.send("HEAD", "/api/v1/targets");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }
}
