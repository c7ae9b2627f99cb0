package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.Programs;

/** gRPC of a real etcd, WebSockets of a real websocketd. */
class RealOverHttpTest {
  private static final Protocol WHOLE = new Protocol.Grpc("", List.of());

  @TempDir private Path folder;

  private Optional<Services> services = Optional.empty();

  @BeforeEach
  void make() {
    services = Optional.of(new Services(folder));
  }

  @AfterEach
  void stop() {
    services.ifPresent(Services::close);
  }

  private Services of(String program) {
    assumeTrue(Programs.find(program).isPresent(), "needs the program " + program);
    return services.orElseThrow();
  }

  private Process etcd(Services of, int port, boolean secure) {
    String own = (secure ? "https" : "http") + "://127.0.0.1:" + port;
    List<String> command =
        new ArrayList<>(
            List.of(
                Services.program("etcd"),
                "--data-dir",
                of.file("etcd-" + port).toString(),
                "--listen-client-urls",
                own,
                "--advertise-client-urls",
                own,
                "--listen-peer-urls",
                "http://127.0.0.1:" + Programs.freePort()));
    if (secure) {
      command.addAll(
          List.of(
              "--cert-file",
              of.file("good.pem").toString(),
              "--key-file",
              of.file("good.key").toString()));
    }
    return of.startSlowly(port, command.toArray(String[]::new));
  }

  @Test
  void etcdIsAskedForItsHealthInClear() {
    Services of = of("etcd");
    int port = Programs.freePort();
    Process etcd = etcd(of, port, false);
    CheckResult healthy = of.look(WHOLE, Security.CLEAR, port);
    assertThat(Services.reason(healthy)).as("%s", healthy).isEqualTo("UP");
    assertThat(healthy.facts().answers()).containsExactly("SERVING");
    assertThat(healthy.timings().phases())
        .containsKeys(Phase.RESOLVE, Phase.CONNECT, Phase.FIRST_BYTE);
    CheckResult unknown =
        of.look(new Protocol.Grpc("shop.v1.Cart", List.of()), Security.CLEAR, port);
    assertThat(Services.reason(unknown)).isEqualTo("SERVICE_LACKS");
    assertThat(unknown.layer()).isEqualTo(Layer.CONTENT);
    assertThat(unknown.outcome().why().orElseThrow().detail()).startsWith("NOT_FOUND");
    Services.freeze(etcd, true);
    assertThat(Services.reason(of.look(WHOLE, Security.CLEAR, port))).isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(etcd, false);
    assertThat(Services.reason(of.look(WHOLE, Security.CLEAR, port))).isEqualTo("UP");
  }

  @Test
  void etcdIsAskedForItsHealthThroughTls() {
    Services of = of("etcd");
    int port = Programs.freePort();
    etcd(of, port, true);
    CheckResult healthy = of.look(WHOLE, Security.TLS, port);
    assertThat(Services.reason(healthy)).as("%s", healthy).isEqualTo("UP");
    assertThat(healthy.facts().tlsVersion()).isPresent();
    assertThat(healthy.facts().certificateExpiry()).isPresent();
    CheckResult plain = of.look(WHOLE, Security.CLEAR, port);
    assertThat(Services.reason(plain)).isIn("SERVICE_GARBAGE", "SERVICE_CLOSED", "SERVICE_RESET");
  }

  private static Protocol socket(Optional<String> send, Optional<String> expect) {
    return new Protocol.WebSocket(
        "/",
        List.of(),
        Optional.empty(),
        send.map(text -> new Payload(Secret.of(text), false)),
        expect.map(pattern -> new Answer.Matching(Pattern.compile(pattern))));
  }

  private static final Protocol ECHO = socket(Optional.of("ping 7"), Optional.of("^ping [0-9]"));

  private Process websocketd(Services of, int port, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(Services.program("websocketd"), "--address=127.0.0.1", "--port=" + port));
    command.addAll(List.of(more));
    return of.start(port, command.toArray(String[]::new));
  }

  @Test
  void aWebSocketIsOpenedAskedAndClosed() {
    Services of = of("websocketd");
    int port = Programs.freePort();
    Process server = websocketd(of, port, "cat");
    CheckResult answered = of.look(ECHO, Security.CLEAR, port);
    assertThat(Services.reason(answered)).as("%s", answered).isEqualTo("UP");
    assertThat(answered.facts().answers()).containsExactly("ping 7");
    CheckResult opened = of.look(socket(Optional.empty(), Optional.empty()), Security.CLEAR, port);
    assertThat(opened.facts().answers()).containsExactly("status 101");
    CheckResult other =
        of.look(socket(Optional.of("ping"), Optional.of("^pong")), Security.CLEAR, port);
    assertThat(Services.reason(other)).isEqualTo("BODY_NO_MATCH");
    assertThat(other.layer()).isEqualTo(Layer.CONTENT);
    CheckResult lacks =
        of.look(
            new Protocol.WebSocket(
                "/", List.of(), Optional.of("soup"), Optional.empty(), Optional.empty()),
            Security.CLEAR,
            port);
    assertThat(Services.reason(lacks)).isEqualTo("SERVICE_LACKS");
    Services.freeze(server, true);
    assertThat(Services.reason(of.look(ECHO, Security.CLEAR, port))).isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(server, false);
  }

  @Test
  void aWebSocketBehindTlsIsOpenedAskedAndClosed() {
    Services of = of("websocketd");
    int port = Programs.freePort();
    websocketd(
        of,
        port,
        "--ssl",
        "--sslcert=" + of.file("good.pem"),
        "--sslkey=" + of.file("good.key"),
        "cat");
    CheckResult answered = of.look(ECHO, Security.TLS, port);
    assertThat(Services.reason(answered)).as("%s", answered).isEqualTo("UP");
    assertThat(answered.facts().certificateExpiry()).isPresent();
    int other = Programs.freePort();
    websocketd(
        of,
        other,
        "--ssl",
        "--sslcert=" + of.file("other.pem"),
        "--sslkey=" + of.file("other.key"),
        "cat");
    assertThat(of.look(ECHO, Security.TLS, other).layer()).isEqualTo(Layer.TLS);
    // A server of TLS answers a request in clear with HTTP 400.
    assertThat(Services.reason(of.look(ECHO, Security.CLEAR, port))).isEqualTo("HTTP_STATUS");
  }

  @Test
  void aProgramBehindAWebSocketThatEndsHasClosedIt() {
    Services of = of("websocketd");
    int port = Programs.freePort();
    websocketd(of, port, "true");
    CheckResult result = of.look(ECHO, Security.CLEAR, port);
    assertThat(Services.reason(result)).as("%s", result).isIn("SERVICE_CLOSED", "SERVICE_RESET");
    int web = Programs.freePort();
    websocketd(of, web, "--dir=" + folder, "--staticdir=" + folder);
    assertThat(Services.reason(of.look(ECHO, Security.CLEAR, web))).isEqualTo("HTTP_STATUS");
  }
}
