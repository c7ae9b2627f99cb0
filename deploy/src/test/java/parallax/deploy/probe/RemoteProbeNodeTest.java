package parallax.deploy.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.AssignmentParts.Whole;
import parallax.deploy.command.Listen;
import parallax.deploy.command.Version;
import parallax.probe.LocalChecks;
import parallax.probe.blackbox.BlackboxNode;
import parallax.probe.blackbox.serve.BlackboxPages;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.net.Cidr;
import parallax.probe.net.Departure;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.lookup.RegistrationLookup.Registries;
import parallax.probe.uplink.file.KeptAssignment;
import parallax.probe.uplink.wire.CoordinatorUrl;
import parallax.probe.uplink.wire.Credentials;

/** A probe that nobody answers works by its last assignment, and keeps what it sees. */
final class RemoteProbeNodeTest {
  private static final Vantage OSLO =
      new Vantage(new ProbeName("oslo-1"), new Region("oslo"), Optional.empty());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void token() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "pxt_one\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  private void keep(int port) {
    Target target =
        new Target(
            new TargetName("shop"),
            Optional.empty(),
            new TreeMap<>(),
            Duration.ofSeconds(1),
            List.of(),
            List.of(
                new TcpSpec(
                    new ServerAddress("127.0.0.1", port), Naming.SYSTEM, Duration.ofMillis(500))));
    new KeptAssignment(folder.resolve("assignment"), OSLO.probe(), Version.NUMBER)
        .write(new Whole(3, List.of(target), List.of()));
  }

  private RemoteProbeNode start(NetworkPolicy policy) throws IOException {
    return start(policy, WebRoot.PLAIN);
  }

  private RemoteProbeNode start(NetworkPolicy policy, WebRoot root) throws IOException {
    return RemoteProbeNode.start(
        new RemoteProbeNode.Settings(
            OSLO,
            folder,
            List.of(CoordinatorUrl.parse("ws://127.0.0.1:1", false)),
            new Credentials(folder.resolve("token"), Optional.empty(), Optional.empty()),
            new WebSettings(List.of(new Listen("127.0.0.1", 0)), root, Optional.empty()),
            new LocalChecks.Settings(
                policy,
                NameSystem.ofInternet(),
                Registries.WITHOUT_DOWNLOADS,
                Optional.empty(),
                RouteWatching.NONE,
                "Parallax/test"),
            new BlackboxNode.Settings(
                Optional.empty(),
                policy,
                Departure.ANY,
                "Parallax/test",
                BlackboxPages.Settings.DEFAULT)));
  }

  private HttpResponse<String> get(RemoteProbeNode node, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private double metric(RemoteProbeNode node, String name) throws Exception {
    return get(node, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  @Test
  void looksKeepsAndShowsWithoutAnyCoordinator() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      keep(server.getLocalPort());
      NetworkPolicy policy = NetworkPolicy.forProbe(List.of(Cidr.parse("127.0.0.0/8")), List.of());
      try (RemoteProbeNode node = start(policy)) {
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(metric(node, "parallax_checks_total{check=\"tcp\",outcome=\"up\"}"))
                      .isPositive();
                  assertThat(metric(node, "parallax_spool_observations")).isPositive();
                  assertThat(metric(node, "parallax_uplink_reconnects_total")).isPositive();
                });
        assertThat(metric(node, "parallax_uplink_connected")).isZero();
        assertThat(metric(node, "parallax_uplink_assignment")).isEqualTo(3);
        assertThat(get(node, "/healthz").statusCode()).isEqualTo(200);
        assertThat(get(node, "/nothing").statusCode()).isEqualTo(404);
        assertThat(metric(node, "process_cpu_seconds_total")).isPositive();
        assertThat(get(node, "/metrics").body())
            .contains("\njvm_memory_used_bytes{area=\"heap\"", "\njvm_threads_live_threads ");
      }
    }
    assertThat(Files.readString(folder.resolve("boot")).strip()).matches("\\d{13}");
  }

  @Test
  void pagesAreWhereAProxyExpectsThem() throws Exception {
    keep(1);
    WebRoot root =
        WebRoot.of(Optional.of("https://example.com/probes/oslo"), Optional.of("/behind"));
    try (RemoteProbeNode node = start(NetworkPolicy.forProbe(List.of(), List.of()), root)) {
      assertThat(get(node, "/behind/metrics").statusCode()).isEqualTo(200);
      assertThat(get(node, "/behind/healthz").statusCode()).isEqualTo(200);
      assertThat(get(node, "/behind/-/healthy").body()).isEqualTo("Healthy");
      assertThat(get(node, "/metrics").statusCode()).isEqualTo(404);
      HttpResponse<String> led = get(node, "/");
      assertThat(led.statusCode()).isEqualTo(302);
      assertThat(led.headers().firstValue("Location")).contains("https://example.com/probes/oslo");
    }
  }

  @Test
  void doesNotConnectToThisMachineUnlessAllowed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      keep(server.getLocalPort());
      try (RemoteProbeNode node = start(NetworkPolicy.forProbe(List.of(), List.of()))) {
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(
                            metric(
                                node,
                                "parallax_checks_total{check=\"tcp\",outcome=\"inconclusive\"}"))
                        .isPositive());
        assertThat(metric(node, "parallax_checks_total{check=\"tcp\",outcome=\"up\"}")).isZero();
      }
    }
  }
}
