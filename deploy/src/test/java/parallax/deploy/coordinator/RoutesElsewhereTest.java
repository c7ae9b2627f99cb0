package parallax.deploy.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

/** A probe in a process of its own that is told by the configuration whom to listen to. */
final class RoutesElsewhereTest {
  private static final String PREFIX = "192.0.2.0/24";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long BEAT_MILLIS = 250;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Vertx vertx = Vertx.vertx();
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
  private HttpServer collectors;
  private HubNode coordinator;

  @BeforeEach
  void start() throws Exception {
    collectors =
        vertx
            .createHttpServer()
            .webSocketHandler(this::accept)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    Files.writeString(
        folder.resolve("parallax.yaml"),
        """
        targets:
          - name: shop
            url: tcp://127.0.0.1:9
            interval: 1s
            timeout: 1s
            bgp: {origins: [64500], prefixes: [%s]}
        bgp:
          sources:
            - ris-live: {url: "ws://127.0.0.1:%s/v1/ws/"}
            - bmp: {listen: "127.0.0.1:%s"}
          limits: {min_voters: 1, min_collectors: 1, start_voters: 1}
        """
            .formatted(PREFIX, collectors.actualPort(), collectors.actualPort()));
    ConfigurationSource source =
        ConfigurationSources.of(folder.resolve("parallax.yaml").toString(), folder);
    if (!(source.first() instanceof ConfigurationSource.Start.Ready first)) {
      throw new AssertionError("not a good configuration: " + source.first());
    }
    Path data = folder.resolve("data");
    coordinator =
        HubNode.start(
            new HubNode.Settings(
                "c1",
                source,
                first,
                SqliteStore.open(data),
                new CredentialTable(SqliteStore.shared(data)),
                new Listen("127.0.0.1", 0),
                Optional.empty(),
                UplinkSettings.of("127.0.0.1", 0, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                LocalCommands.NONE,
                Steps.UNWATCHED));
  }

  @AfterEach
  void stop() throws Exception {
    coordinator.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Speaks as RIS Live does: one peer at each of two collectors has the prefix. */
  private void accept(ServerWebSocket socket) {
    long beat = vertx.setPeriodic(BEAT_MILLIS, _ -> announce(socket));
    socket.closeHandler(_ -> vertx.cancelTimer(beat));
    socket.textMessageHandler(
        text -> {
          JsonObject asked = new JsonObject(text);
          if ("ris_subscribe".equals(asked.getString("type"))) {
            subscribed.add(asked.encode());
          }
        });
  }

  private static void announce(ServerWebSocket socket) {
    for (int collector = 0; collector < 2; collector++) {
      JsonObject data =
          new JsonObject()
              .put("timestamp", InstantSource.system().millis() / 1_000)
              .put("peer", "198.51.100." + (collector + 1))
              .put("peer_asn", Integer.toString(64_601 + collector))
              .put("id", "beat")
              .put("host", "rrc0" + collector + ".ripe.net")
              .put("type", "UPDATE")
              .put("path", new JsonArray().add(64_601 + collector).add(64_500))
              .put("origin", "IGP")
              .put(
                  "announcements",
                  new JsonArray()
                      .add(
                          new JsonObject()
                              .put("next_hop", "198.51.100." + (collector + 1))
                              .put("prefixes", new JsonArray().add(PREFIX))))
              .put("withdrawals", new JsonArray());
      socket.writeTextMessage(
          new JsonObject().put("type", "ris_message").put("data", data).encode());
    }
  }

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

  private Process probe(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
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
                "--token-file=" + token(),
                "--data=" + folder.resolve("probe"),
                "--listen=127.0.0.1:0"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("probe.log").toFile())
        .start();
  }

  private String get(String path) throws Exception {
    URI uri = URI.create(coordinator.page().url()).resolve(path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("probe.log"));
  }

  @Test
  void hearsWhereTheConfigurationSaysAndItsVerdictIsTheCoordinators() throws Exception {
    Process probe = probe("--allow-net=127.0.0.0/8");
    try {
      Awaitility.await("it asks for the prefix")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(subscribed).as(log()).anyMatch(s -> s.contains(PREFIX)));
      Awaitility.await("it is seen")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get("/metrics"))
                      .as(log())
                      .contains("parallax_bgp_visibility_ratio{prefix=\"" + PREFIX + "\"} 1\n"));
      // The station of the configuration is the affair of the coordinator's machine.
      assertThat(log()).doesNotContain("source=bmp");
    } finally {
      probe.destroyForcibly();
    }
  }

  @Test
  void goesNowhereThatItsOwnMachineDoesNotAllow() throws Exception {
    Process probe = probe();
    try {
      Awaitility.await("it says why")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(log()).contains("source=ris-live", "127.0.0.1 is a loopback"));
      assertThat(subscribed).isEmpty();
    } finally {
      probe.destroyForcibly();
    }
  }
}
