package parallax.deploy.coordinator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.fault.Steps;
import parallax.config.observation.ProbeName;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.ConfigurationSources;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.uplink.UplinkSettings;
import parallax.deploy.ParallaxMain;
import parallax.deploy.command.Listen;

/** A coordinator that is alone, and a probe in a process of its own. */
final class HubNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WireMockServer watchdog =
      new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
  private ServerSocket target;
  private HubNode coordinator;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    watchdog.start();
    watchdog.stubFor(post(urlEqualTo("/ping")).willReturn(aResponse().withStatus(200)));
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Files.writeString(
        folder.resolve("parallax.yaml"),
        """
        targets:
          - {name: shop, url: "tcp://127.0.0.1:%s", interval: 1s, timeout: 1s}
        watchdog: {url: "%s/ping", every: 10s}
        status_page: {groups: [{name: All, services: [{name: Website, targets: shop}]}]}
        """
            .formatted(target.getLocalPort(), watchdog.baseUrl()));
    coordinator = started();
  }

  private HubNode started() throws InterruptedException {
    ConfigurationSource source =
        ConfigurationSources.of(folder.resolve("parallax.yaml").toString(), folder);
    ConfigurationSource.Start start = source.first();
    if (!(start instanceof ConfigurationSource.Start.Ready first)) {
      throw new AssertionError("not a good configuration: " + start);
    }
    Path data = folder.resolve("data");
    return HubNode.start(
        new HubNode.Settings(
            "c1",
            source,
            first,
            SqliteStore.open(data),
            new CredentialTable(SqliteStore.shared(data)),
            new Listen("127.0.0.1", 0),
            Optional.of(new Listen("127.0.0.1", 0)),
            UplinkSettings.of("127.0.0.1", 0, Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            LocalCommands.NONE,
            Steps.UNWATCHED));
  }

  @AfterEach
  void stop() throws IOException {
    coordinator.close();
    target.close();
    watchdog.stop();
  }

  /** The file that the probe reads its token from. */
  private Path token() throws IOException {
    Credentials.By me = new Credentials.By("test", InstantSource.system().instant());
    try (Credentials credentials =
        new CredentialTable(SqliteStore.shared(folder.resolve("data")))) {
      if (!(credentials.create(new ProbeName("oslo-1"), Optional.empty(), me)
          instanceof Credentials.Created.New(var _, var token))) {
        throw new AssertionError("no token was made");
      }
      Path file = Files.createFile(folder.resolve("token"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return Files.writeString(file, token.reveal() + "\n");
    }
  }

  private Process probe(Path token) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ParallaxMain.class.getName(),
            "probe",
            "--coordinator=ws://127.0.0.1:" + coordinator.uplinkPort(),
            "--name=oslo-1",
            "--region=oslo",
            "--token-file=" + token,
            "--data=" + folder.resolve("probe"),
            "--listen=127.0.0.1:0",
            "--allow-net=127.0.0.0/8");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("probe.log").toFile())
        .start();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create(coordinator.page().url()).resolve(path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private String publicly(String path) throws Exception {
    URI uri = URI.create(coordinator.publicPage().orElseThrow().url()).resolve(path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String state() throws Exception {
    JsonObject shown = new JsonObject(get("/api/v1/targets/shop").body());
    return shown.getJsonObject("verdict").getString("state");
  }

  private void until(String state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(state()).as(() -> log()).isEqualTo(state));
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("probe.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void whatAProbeElsewhereSeesIsDecidedAndShown() throws Exception {
    Process probe = probe(token());
    try {
      until("UP");
      target.close();
      until("DOWN");
      assertThat(publicly("badge/Website.svg")).contains("Website: Down");
      assertThat(publicly("status")).contains(">Down</span>").doesNotContain("shop");
      JsonObject cause =
          new JsonObject(get("/api/v1/targets/shop").body())
              .getJsonObject("verdict")
              .getJsonObject("cause");
      assertThat(cause.getString("code")).isEqualTo("CONNECTION_REFUSED");
      JsonObject shown = new JsonObject(get("/api/v1/probes").body());
      JsonObject oslo = shown.getJsonArray("items").getJsonObject(0);
      assertThat(oslo.getString("name")).isEqualTo("oslo-1");
      assertThat(oslo.getString("state")).isEqualTo("open");
      assertThat(oslo.getDouble("lagSeconds")).isBetween(0.0, 30.0);
      JsonObject stream = oslo.getJsonObject("connection");
      assertThat(stream.getString("coordinator")).isEqualTo("c1");
      assertThat(stream.getString("credential")).hasSize(8);
      assertThat(stream.getDouble("clockOffsetSeconds")).isBetween(-1.0, 1.0);
      assertThat(stream.getLong("spooled")).isNotNegative();
      probe.destroy();
      assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(probe.exitValue()).isZero();
    } finally {
      probe.destroyForcibly();
    }
  }

  @Test
  void tellsWhoWatchesItWhichOneItIs() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                watchdog.verify(
                    1,
                    postRequestedFor(urlEqualTo("/ping"))
                        .withRequestBody(matchingJsonPath("$.coordinator", equalTo("c1")))
                        .withRequestBody(matchingJsonPath("$.epoch", equalTo("1")))));
  }

  @Test
  void endsAndStartsAgainOnTheSameRecord() throws Exception {
    Awaitility.await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    coordinator.close();
    assertThatThrownBy(() -> get("/readyz")).isInstanceOf(ConnectException.class);
    coordinator.close();
    coordinator = started();
    Awaitility.await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    assertThat(coordinator.uplinkPort()).isPositive();
    assertThat(get("/metrics").body()).contains("parallax_leading 1");
  }
}
