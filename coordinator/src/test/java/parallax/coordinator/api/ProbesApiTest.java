package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Outcome;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** What people see of probes. */
final class ProbesApiTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private Store store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    shown.show(List.of());
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, System::nanoTime, InstantSource.fixed(Examples.NOON)));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  @Test
  void prometheusDiscoversTheProbesThatAreConnected() {
    shown.connected(
        Examples.connection("tokyo-1", ProbeConnection.State.OPEN),
        Examples.connection("tokyo-2", ProbeConnection.State.GONE));
    JsonArray found = new JsonArray(web.get("/api/v1/discovery/prometheus").body());
    assertThat(found.encode())
        .isEqualTo(
            "[{\"targets\":[\"192.0.2.7:9115\"],\"labels\":{"
                + "\"__meta_parallax_asn\":\"64500\",\"__meta_parallax_coordinator\":\"c2\","
                + "\"__meta_parallax_probe\":\"tokyo-1\","
                + "\"__meta_parallax_region\":\"tokyo\"}}]");
    assertThat(web.get("/api/v1/discovery/prometheus?port=9200").body())
        .contains("\"192.0.2.7:9200\"");
    assertThat(web.get("/api/v1/discovery/prometheus?port=0").statusCode()).isEqualTo(400);
    assertThat(web.get("/api/v1/discovery/prometheus?role=hub").statusCode()).isEqualTo(400);
  }

  @Test
  void prometheusDiscoversWhatAProberCanBeAskedFor() {
    shown.show(
        List.of(
            new TargetView(
                Examples.target("shop"),
                Examples.verdict("shop", TargetState.UP, Examples.NOON),
                List.of(),
                UptimeHistory.EMPTY,
                Optional.empty())));
    String url = Examples.target("shop").url().orElseThrow().toString();
    JsonObject found =
        new JsonArray(web.get("/api/v1/discovery/prometheus?role=target").body()).getJsonObject(0);
    assertThat(found.getJsonArray("targets")).containsExactly(url);
    assertThat(found.getJsonObject("labels").getString("__meta_parallax_target")).isEqualTo("shop");
    assertThat(found.getJsonObject("labels").getString("__meta_parallax_module"))
        .isEqualTo("http_2xx");
  }

  @Test
  void prometheusDiscoversTheCoordinatorsThatArePresent() {
    shown.among(
        new Overview.Member("a", URI.create("http://10.0.0.1:8080"), "1.2.3", true),
        new Overview.Member("b", URI.create("https://b.example.com/parallax/"), "1.2.4", false),
        new Overview.Member("c", URI.create("nowhere"), "1.2.4", false));
    assertThat(web.get("/api/v1/discovery/prometheus?role=coordinator").body())
        .isEqualTo(
            "[{\"targets\":[\"10.0.0.1:8080\"],\"labels\":{"
                + "\"__meta_parallax_coordinator\":\"a\",\"__meta_parallax_leads\":\"true\","
                + "\"__meta_parallax_version\":\"1.2.3\",\"__metrics_path__\":\"/metrics\","
                + "\"__scheme__\":\"http\"}},"
                + "{\"targets\":[\"b.example.com:443\"],\"labels\":{"
                + "\"__meta_parallax_coordinator\":\"b\",\"__meta_parallax_leads\":\"false\","
                + "\"__meta_parallax_version\":\"1.2.4\","
                + "\"__metrics_path__\":\"/parallax/metrics\",\"__scheme__\":\"https\"}}]");
  }

  @Test
  void theObservationOfAnExemplarIsFoundByItsId() {
    Evidence seen = Examples.evidence("shop", Outcome.up(), Examples.NOON);
    store.append(List.of(seen));
    String id = seen.observation().id().toString();
    assertThat(web.json("/api/v1/observations?id=" + id).getJsonArray("items")).hasSize(1);
    assertThat(web.get("/api/v1/observations?id=" + id + "7").statusCode()).isEqualTo(404);
    assertThat(web.get("/api/v1/observations?id=a:b").statusCode()).isEqualTo(400);
  }

  @Test
  void aProbeIsShownWithItsStreamWhereverItEnds() {
    shown.connected(
        Examples.connection("tokyo-1", ProbeConnection.State.WAITING),
        Examples.connection("tokyo-1", ProbeConnection.State.OPEN),
        Examples.connection("tokyo-2", ProbeConnection.State.GONE));
    JsonArray probes = web.json("/api/v1/probes").getJsonArray("items");
    assertThat(probes.stream().map(JsonObject.class::cast).map(each -> each.getString("name")))
        .containsExactly("embedded", "tokyo-1", "tokyo-2");
    JsonObject unconnected = probes.getJsonObject(0);
    assertThat(unconnected.getString("state")).isEqualTo("gone");
    assertThat(unconnected.getDouble("lagSeconds")).isEqualTo(1.5);
    assertThat(unconnected.getString("newestObservation")).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(unconnected.getValue("connection")).isNull();
    JsonObject tokyo = probes.getJsonObject(1);
    assertThat(tokyo.getString("state")).isEqualTo("open");
    assertThat(tokyo.getLong("asn")).isEqualTo(64_500);
    assertThat(tokyo.getValue("lagSeconds")).isNull();
    assertThat(tokyo.getJsonObject("connection").encode())
        .isEqualTo(
            "{\"coordinator\":\"c2\",\"since\":\"2026-03-01T11:59:00Z\","
                + "\"lastFrame\":\"2026-03-01T11:59:59Z\",\"address\":\"192.0.2.7\","
                + "\"credential\":\"3f1c9a20\",\"software\":\"Parallax/1.2.3\","
                + "\"started\":\"2026-03-01T11:00:00Z\",\"assignment\":\"0000000000abc123\","
                + "\"notSupported\":[{\"target\":\"shop\",\"what\":\"smtp: not known\"}],"
                + "\"clockOffsetSeconds\":-1.25,\"roundTripSeconds\":0.08,"
                + "\"spooled\":12,\"spooledBytes\":3400,\"dropped\":[{\"priority\":\"routine\","
                + "\"cause\":\"disk_full\",\"observations\":9}]}");
    assertThat(probes.getJsonObject(2).getString("state")).isEqualTo("gone");
  }
}
