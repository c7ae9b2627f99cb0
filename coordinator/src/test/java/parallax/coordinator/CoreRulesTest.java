package parallax.coordinator;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.CheckKind;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.store.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** The coordinator with the core's own rules, and a probe that looks when it is asked to. */
final class CoreRulesTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicReference<Optional<CoordinatorNode>> running =
      new AtomicReference<>(Optional.empty());
  private final WireMockServer receiver =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private SqliteStore store;
  private WebClient web;

  @BeforeEach
  void start() {
    receiver.start();
    receiver.stubFor(post(anyUrl()).willReturn(ok()));
    open();
  }

  @AfterEach
  void stop() {
    close();
    receiver.stop();
    vertx.close().await();
  }

  private void open() {
    store = SqliteStore.open(folder);
    String hook = "http://127.0.0.1:" + receiver.port() + "/hook";
    CoordinatorNode node =
        CoordinatorNode.start(
            new CoordinatorNode.Settings(
                vertx,
                "127.0.0.1",
                0,
                store,
                Examples.telling("r1", hook, shop()),
                InstantSource.system(),
                this::lookLater,
                "1.2.3"));
    running.set(Optional.of(node));
    web = new WebClient(node.port());
    Waiting.until("ready", () -> web.get("/readyz").statusCode() == 200);
  }

  private void close() {
    running.getAndSet(Optional.empty()).ifPresent(CoordinatorNode::close);
    store.close();
  }

  private static Target shop() {
    return new Target(
        new TargetName("shop"),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(1),
        List.of(),
        List.of(
            new TcpSpec(new ServerAddress("127.0.0.1", 80), Naming.SYSTEM, Duration.ofSeconds(1))));
  }

  private void lookLater(TargetName target, CheckKind check, Duration after) {
    vertx.setTimer(Math.max(1, after.toMillis()), _ -> look());
  }

  private void look() {
    Outcome outcome = broken.get() ? Examples.REFUSED : Outcome.up();
    running
        .get()
        .ifPresent(
            node ->
                node.ingest(
                    Examples.observation(
                        Examples.EMBEDDED,
                        "shop",
                        CheckKind.TCP,
                        outcome,
                        InstantSource.system().instant())));
  }

  private String state() {
    return web.json("/api/v1/targets/shop").getJsonObject("verdict").getString("state");
  }

  private List<String> told() {
    return receiver.findAll(postRequestedFor(anyUrl())).stream()
        .map(request -> new JsonObject(request.getBodyAsString()).getString("event"))
        .toList();
  }

  @Test
  void oneRoundAndWhatTheCoreAsksForMakeAVerdictAndTwoNotices() {
    look();
    Waiting.until("up", () -> state().equals("UP"));
    broken.set(true);
    look();
    Waiting.until("down", () -> state().equals("DOWN"));
    JsonObject verdict = web.json("/api/v1/targets/shop").getJsonObject("verdict");
    assertThat(verdict.getString("scope")).isEqualTo("UNCONFIRMED");
    assertThat(verdict.getJsonObject("cause").getString("reason")).isEqualTo("connection refused");
    assertThat(verdict.getJsonArray("evidence")).isNotEmpty();
    broken.set(false);
    look();
    Waiting.until("up again", () -> state().equals("UP"));
    Waiting.until("told of both", () -> told().equals(List.of("down", "up")));
    assertThat(web.json("/api/v1/incidents?state=open").getJsonArray("items")).isEmpty();
  }

  @Test
  void anOpenIncidentOutlivesARestartAndIsToldOnce() {
    broken.set(true);
    look();
    Waiting.until("told", () -> told().equals(List.of("down")));
    Waiting.until(
        "recorded as told",
        () -> web.get("/metrics").body().contains("{receiver=\"hook\",outcome=\"delivered\"} 1"));
    close();
    open();
    assertThat(web.get("/metrics").body())
        .contains("parallax_incident_open{scope=\"UNCONFIRMED\",layer=\"TCP\"} 1");
    look();
    Waiting.until("down again", () -> state().equals("DOWN"));
    broken.set(false);
    look();
    Waiting.until("told of the end", () -> told().equals(List.of("down", "up")));
    assertThat(web.json("/api/v1/incidents").getJsonArray("items")).hasSize(1);
  }
}
