package parallax.probe.blackbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.problem.Problem;
import parallax.probe.fixture.TestAuthority;

/** Pages over TLS, and who comes in by a certificate. */
final class SecureDoorTest {
  @TempDir static Path certificates;

  private static TestAuthority authority;
  private static Vertx vertx;

  @TempDir Path folder;

  private DoorScene scene;

  @BeforeAll
  static void certify() {
    vertx = Vertx.vertx();
    authority = DoorScene.certified(certificates);
  }

  @AfterAll
  static void end() throws Exception {
    DoorScene.await(vertx.close());
  }

  @BeforeEach
  void begin() {
    scene = new DoorScene(vertx, authority, folder);
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  private static final String TLS =
      """
      tls_server_config:
        cert_file: PEM/server.pem
        key_file: PEM/server.key
      """;

  @Test
  void pagesAreServedOverTlsAndByHttp2WhereThatIsNotForbidden() throws Exception {
    int port = scene.serve(TLS);
    HttpClientOptions newer =
        scene.secure().setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2);
    assertThat(scene.ask(scene.secure(), port).body()).isEqualTo("inside by HTTP_1_1");
    assertThat(scene.ask(newer, port).body()).isEqualTo("inside by HTTP_2");
    scene.stop();
    int old = scene.serve(TLS + "http_server_config: {http2: false}\n");
    assertThat(scene.ask(newer, old).body()).isEqualTo("inside by HTTP_1_1");
  }

  @Test
  void whoComesWithoutTlsGetsNothing() throws Exception {
    int port = scene.serve(TLS);
    assertThat(failure(DoorScene.plain(), port)).isInstanceOf(ExecutionException.class);
  }

  private Throwable failure(HttpClientOptions options, int port) {
    try {
      return new AssertionError("let in: " + scene.ask(options, port));
    } catch (Exception e) {
      return e;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS12, TLS12, TLSv1.2, true",
    "TLS12, TLS12, TLSv1.3, false",
    "TLS13, TLS13, TLSv1.3, true",
    "TLS13, TLS13, TLSv1.2, false"
  })
  void onlyTheVersionsThatAreAllowedAreSpoken(String least, String most, String by, boolean works)
      throws Exception {
    int port = scene.serve(TLS + "  min_version: " + least + "\n  max_version: " + most + "\n");
    HttpClientOptions options =
        scene.secure().setEnabledSecureTransportProtocols(java.util.Set.of(by));
    if (works) {
      assertThat(scene.ask(options, port).status()).isEqualTo(200);
    } else {
      assertThat(failure(options, port)).hasRootCauseInstanceOf(javax.net.ssl.SSLException.class);
    }
  }

  @Test
  void onlyTheCiphersThatAreNamedAreSpokenAndThoseOfTls13() throws Exception {
    int port =
        scene.serve(
            TLS
                + "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n"
                + "  curve_preferences: [CurveP384, CurveP256]\n");
    HttpClientOptions old =
        scene.secure().setEnabledSecureTransportProtocols(java.util.Set.of("TLSv1.2"));
    assertThat(scene.ask(scene.secure(), port).status()).isEqualTo(200);
    assertThat(scene.ask(old, port).status()).isEqualTo(200);
    HttpClientOptions other = new HttpClientOptions(old);
    other.addEnabledCipherSuite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assertThat(failure(other, port)).hasRootCauseInstanceOf(javax.net.ssl.SSLException.class);
  }

  /** Without a certificate, with a good one, with one of somebody else's. */
  @ParameterizedTest
  @CsvSource({
    "NoClientCert,               true,  true, true",
    "RequestClientCert,          true,  true, true",
    "RequireAnyClientCert,       false, true, true",
    "VerifyClientCertIfGiven,    true,  true, false",
    "RequireAndVerifyClientCert, false, true, false"
  })
  void clientsAreAskedWhoTheyAre(String type, boolean nobody, boolean good, boolean other)
      throws Exception {
    String named = type.contains("Verify") ? "  client_ca_file: PEM/ca.pem\n" : "";
    int port = scene.serve(TLS + "  client_auth_type: " + type + "\n" + named);
    assertThat(isLetIn(scene.secure(), port)).isEqualTo(nobody);
    assertThat(isLetIn(scene.as("client-of-ca"), port)).isEqualTo(good);
    // Who is told which authority is wanted does not show a certificate of another one at all.
    boolean shown = type.equals("VerifyClientCertIfGiven");
    assertThat(isLetIn(scene.as("client-of-other-ca"), port)).isEqualTo(other || shown);
  }

  private boolean isLetIn(HttpClientOptions options, int port) {
    try {
      return scene.ask(options, port).status() == 200;
    } catch (Exception refused) {
      assertThat(refused).isInstanceOf(ExecutionException.class);
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus.example",
        "ops@example.com",
        "spiffe://example/prometheus",
        "'2001:db8:0::7'"
      })
  void whoIsNamedComesIn(String name) throws Exception {
    int port = scene.serve(named(name));
    assertThat(isLetIn(scene.as("client-of-ca"), port)).isTrue();
    assertThat(isLetIn(scene.as("nameless"), port)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "Prometheus.example", "client", "'2001:db8::8'"})
  void whoIsNotNamedDoesNot(String name) throws Exception {
    assertThat(isLetIn(scene.as("client-of-ca"), scene.serve(named(name)))).isFalse();
  }

  private static String named(String name) {
    return TLS
        + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: PEM/ca.pem\n"
        + "  client_allowed_sans: [other.example, "
        + name
        + "]\n";
  }

  @Test
  void aCertificateIsShownFromTheMomentItChanged() throws Exception {
    Files.copy(scene.authority().file("server.pem"), scene.folder().resolve("own.pem"));
    Files.copy(scene.authority().file("server.key"), scene.folder().resolve("own.key"));
    int port = scene.serve("tls_server_config: {cert_file: own.pem, key_file: own.key}\n");
    assertThat(subject(port)).contains("CN=server");
    Files.copy(
        scene.authority().file("second.pem"),
        scene.folder().resolve("own.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    // Half of it has come: the certificate has another key.
    assertThat(subject(port)).contains("CN=server");
    Files.copy(
        scene.authority().file("second.key"),
        scene.folder().resolve("own.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Awaitility.await()
        .atMost(DoorScene.PATIENCE)
        .untilAsserted(() -> assertThat(subject(port)).contains("CN=second"));
  }

  private String subject(int port) throws Exception {
    HttpClient client = scene.vertx().createHttpClient(scene.secure());
    try {
      return DoorScene.await(
          client
              .request(HttpMethod.GET, port, "localhost", "/")
              .map(
                  request -> {
                    try {
                      return request.connection().peerCertificates().getFirst().toString();
                    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                      throw new AssertionError(e);
                    }
                  }));
    } finally {
      DoorScene.await(client.close());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cert_file: none.pem, key_file: PEM/server.key      | none.pem does not exist
          cert_file: PEM/server.pem, key_file: PEM/second.key | are no certificate and its key
          cert_file: PEM/server.key, key_file: PEM/server.key | are no certificate and its key
          cert_file: PEM/server.pem, key_file: PEM/server.pem | are no certificate and its key
          cert_file: PEM/server.pem, key_file: PEM/server.key, client_auth_type: RequireAndVerifyClientCert, client_ca_file: PEM/server.key | holds
          """)
  void filesThatCannotBeUsedAreNamedWithTheLine(String yaml, String says) throws Exception {
    WebFile file = new WebFile(scene.vertx(), scene.write("tls_server_config: {" + yaml + "}\n"));
    List<Problem> problems = file.load();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString())
        .startsWith(scene.folder().resolve("web.yml") + ":1:20: ")
        .contains(says);
  }

  @Test
  void whatStandsInTheFileItselfIsUsed() throws Exception {
    String indented = "\n    ";
    String yaml =
        "tls_server_config:\n  cert: |"
            + indented
            + String.join(indented, Files.readAllLines(scene.authority().file("server.pem")))
            + "\n  key: |"
            + indented
            + String.join(indented, Files.readAllLines(scene.authority().file("server.key")))
            + "\n";
    assertThat(scene.ask(scene.secure(), scene.serve(yaml)).status()).isEqualTo(200);
  }
}
