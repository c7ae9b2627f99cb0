package parallax.coordinator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.fault.Steps;
import parallax.config.observation.Outcome;
import parallax.config.policy.Watchdog;
import parallax.config.secret.Secret;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.OneLookDecides;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** A whole coordinator that somebody outside watches. */
final class WatchdogTest {
  private static final String PING = "/ping/very-secret";
  private static final String COUNTED = "parallax_watchdog_sent_total{outcome=\"%s\"} %s";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final WireMockServer outside =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final AtomicReference<List<String>> trouble = new AtomicReference<>(List.of());
  private FaultyStore store;
  private CoordinatorNode node;
  private WebClient web;

  @BeforeEach
  void start() {
    outside.start();
    outside.stubFor(post(urlEqualTo(PING)).willReturn(aResponse().withStatus(200)));
    store = new FaultyStore(SqliteStore.open(folder));
    Configuration plain = Examples.configuration("r1", Examples.target("shop"));
    Configuration watched =
        new Configuration(
            plain.targets(),
            plain.providers(),
            plain.maintenance(),
            plain.receivers(),
            plain.routes(),
            plain.rules(),
            plain.smtp(),
            plain.routing(),
            Optional.of(new Watchdog(Secret.of(outside.baseUrl() + PING), Watchdog.USUAL_EVERY)),
            plain.revision());
    node =
        CoordinatorNode.start(
            new CoordinatorNode.Settings(
                vertx,
                "127.0.0.1",
                0,
                store,
                watched,
                InstantSource.system(),
                (target, check, probe, after) -> {},
                "1.2.3",
                new Peering(
                    "up",
                    Steps.UNWATCHED,
                    StoreWriter.MAX_EVIDENCE,
                    trouble::get,
                    List::of,
                    List::of)),
            _ -> new OneLookDecides());
    web = new WebClient(node.port());
  }

  @AfterEach
  void stop() {
    node.close();
    store.close();
    outside.stop();
    vertx.close().await();
  }

  private boolean shows(String line) {
    return web.get("/metrics").body().lines().anyMatch(line::equals);
  }

  @Test
  void fallsSilentWhileTheStoreFailsAndSpeaksWhenItWorks() {
    Waiting.until("shown from nought", () -> shows(COUNTED.formatted("delivered", 0)));
    assertThat(shows("parallax_watchdog_last_success_timestamp_seconds 0.0")).isTrue();
    store.fail(true);
    Instant now = InstantSource.system().instant();
    node.ingest(Examples.observation("shop", Outcome.up(), now));
    Waiting.until("silent", () -> shows(COUNTED.formatted("withheld", 1)));
    outside.verify(0, postRequestedFor(urlEqualTo(PING)));
    store.fail(false);
    Waiting.until("told", () -> shows(COUNTED.formatted("delivered", 1)));
    JsonObject body =
        new JsonObject(
            outside.findAll(postRequestedFor(urlEqualTo(PING))).getFirst().getBodyAsString());
    assertThat(body.getString("coordinator")).isEqualTo("up");
    assertThat(body.getString("revision")).isEqualTo("r1");
    assertThat(body.getLong("epoch")).isPositive();
    assertThat(shows("parallax_watchdog_last_success_timestamp_seconds 0.0")).isFalse();
  }

  @Test
  void fallsSilentWhileItCannotDoItsPartAmongTheOthers() {
    trouble.set(List.of("it sees too few coordinators: 1"));
    Waiting.until("silent", () -> shows(COUNTED.formatted("withheld", 1)));
    outside.verify(0, postRequestedFor(urlEqualTo(PING)));
    trouble.set(List.of());
    Waiting.until("told", () -> shows(COUNTED.formatted("delivered", 1)));
  }
}
