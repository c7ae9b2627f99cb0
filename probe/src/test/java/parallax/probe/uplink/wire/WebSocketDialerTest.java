package parallax.probe.uplink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.probe.fixture.TestAuthority;

/** TLS both ways, and what a failure to connect comes to. */
final class WebSocketDialerTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<LineEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> peers = new LinkedBlockingQueue<>();
  private TestAuthority authority = new TestAuthority(Path.of("."));

  @BeforeEach
  void certificates() throws IOException {
    authority = new TestAuthority(folder);
    authority.root("root", "/CN=root");
    authority.root("other", "/CN=other");
    authority.server("root", "server", "IP:127.0.0.1");
    authority.server("root", "elsewhere", "DNS:elsewhere.example");
    authority.issue("root", "probe", "/CN=tokyo-1", 90, "extendedKeyUsage=clientAuth");
    secret("token", "pxt_one\n");
    Files.setPosixFilePermissions(
        folder.resolve("probe.key"), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private HttpServer serve(String certificate, String... versions) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setClientAuth(ClientAuth.REQUEST)
            .setTrustOptions(
                new PemTrustOptions().addCertPath(folder.resolve("root.pem").toString()))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(folder.resolve(certificate + ".pem").toString())
                    .addKeyPath(folder.resolve(certificate + ".key").toString()));
    if (versions.length > 0) {
      options.setEnabledSecureTransportProtocols(new TreeSet<>(List.of(versions)));
    }
    return vertx
        .createHttpServer(options)
        .webSocketHandler(
            socket -> {
              try {
                peers.add(String.valueOf(socket.peerCertificates().getFirst()));
              } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                peers.add("nobody");
              }
            })
        .listen()
        .await(10, TimeUnit.SECONDS);
  }

  private Credentials credentials(String authorities, boolean certificate) {
    return new Credentials(
        folder.resolve("token"),
        authorities.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(authorities)),
        certificate
            ? Optional.of(
                new Credentials.ClientCertificate(
                    folder.resolve("probe.pem"), folder.resolve("probe.key")))
            : Optional.empty());
  }

  private LineEvent dial(int port, Credentials credentials) throws InterruptedException {
    CoordinatorUrl url = CoordinatorUrl.parse("wss://127.0.0.1:" + port, false);
    Line line =
        new WebSocketDialer(vertx, InstantSource.system(), List.of(url), credentials)
            .dial(0, events::add);
    LineEvent first = Optional.ofNullable(events.poll(20, TimeUnit.SECONDS)).orElseThrow();
    line.close();
    return first;
  }

  @Test
  void speaksWithACoordinatorThatItsAuthorityVouchesFor() throws Exception {
    int port = serve("server").actualPort();
    assertThat(dial(port, credentials("root.pem", false))).isEqualTo(new LineEvent.Opened());
    assertThat(peers.poll(10, TimeUnit.SECONDS)).isEqualTo("nobody");
  }

  @Test
  void showsItsOwnCertificate() throws Exception {
    int port = serve("server").actualPort();
    assertThat(dial(port, credentials("root.pem", true))).isEqualTo(new LineEvent.Opened());
    assertThat(peers.poll(10, TimeUnit.SECONDS)).contains("CN=tokyo-1");
  }

  @Test
  void doesNotSpeakWithWhomAnotherAuthorityVouchesFor() throws Exception {
    int port = serve("server").actualPort();
    assertThat(dial(port, credentials("other.pem", false))).isInstanceOf(LineEvent.Ended.class);
    assertThat(dial(port, credentials("", false))).isInstanceOf(LineEvent.Ended.class);
    assertThat(peers).isEmpty();
  }

  @Test
  void doesNotSpeakWithAnotherHost() throws Exception {
    int port = serve("elsewhere").actualPort();
    assertThat(dial(port, credentials("root.pem", false))).isInstanceOf(LineEvent.Ended.class);
    assertThat(peers).isEmpty();
  }

  @Test
  void speaksNoOlderTlsThan13() throws Exception {
    int port = serve("server", "TLSv1.2").actualPort();
    assertThat(dial(port, credentials("root.pem", false))).isInstanceOf(LineEvent.Ended.class);
    assertThat(peers).isEmpty();
  }

  @Test
  void aRefusedConnectionIsNobodysFault() throws Exception {
    HttpServer server = serve("server");
    int port = server.actualPort();
    server.close().await(10, TimeUnit.SECONDS);
    assertThat(dial(port, credentials("root.pem", false)))
        .isInstanceOfSatisfying(
            LineEvent.Ended.class,
            ended -> assertThat(ended.why()).isEqualTo(Refused.Why.UNSPECIFIED));
  }

  @Test
  void aSecretThatOthersMayReadIsNotUsed() throws Exception {
    Path token = folder.resolve("token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-rw----"));
    assertThat(dial(1, credentials("root.pem", false)))
        .isInstanceOfSatisfying(
            LineEvent.Ended.class,
            ended -> {
              assertThat(ended.why()).isEqualTo(Refused.Why.IDENTITY);
              assertThat(ended.words()).contains("token", "chmod 600").doesNotContain("pxt_one");
            });
    assertThatThrownBy(() -> credentials("root.pem", false).verify())
        .isInstanceOf(IOException.class);
  }

  @Test
  void aTokenIsOneLineOfItsOwnAlphabet() throws IOException {
    for (String bad : List.of("", "a b", "a\r\nHost: x", "tökén", "a".repeat(5_000))) {
      secret("token", bad);
      assertThatThrownBy(() -> credentials("", false).verify())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("token");
    }
    secret("token", "pxt_abc-DEF.123~/+==\n");
    credentials("", false).verify();
  }

  @Test
  void aRewrittenFileIsNoticed() throws IOException {
    Credentials credentials = credentials("root.pem", true);
    String before = credentials.mark();
    assertThat(credentials.mark()).isEqualTo(before);
    secret("token", "pxt_other_and_longer\n");
    assertThat(credentials.mark()).isNotEqualTo(before);
  }
}
