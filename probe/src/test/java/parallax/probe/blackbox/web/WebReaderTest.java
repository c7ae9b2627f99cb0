package parallax.probe.blackbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.module.Value;

final class WebReaderTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/parallax/probe/blackbox/web").toAbsolutePath();
  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

  static List<Path> broken() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("broken"))) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  /** Beside each file what is said of it; written with -Dparallax.expected.write=true. */
  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenFileIsRefusedWithTheLine(Path file) throws IOException {
    WebReader.Outcome outcome = WebReader.read(file.getFileName(), Files.readAllBytes(file));
    assertThat(outcome).isInstanceOf(WebReader.Outcome.Bad.class);
    List<String> said =
        ((WebReader.Outcome.Bad) outcome).problems().stream().map(Problem::toString).toList();
    Path expected = Path.of(file.toString().replaceAll("yml$", "expected"));
    if (Boolean.getBoolean("parallax.expected.write")) {
      Files.write(expected, said);
    }
    assertThat(said).isEqualTo(Files.readAllLines(expected));
    assertThat(String.join("\n", said)).doesNotContain("sesame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "tls_server_config: {}",
        "basic_auth_users: {}",
        "http_server_config: {http2: true}",
        "rate_limit: {interval: 0s}"
      })
  void aFileThatAsksForNothingChangesNothing(String text) {
    assertThat(good(text)).isEqualTo(WebConfig.OPEN);
  }

  @Test
  void everythingThatTheToolkitKnowsIsRead() {
    WebConfig config =
        good(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: /etc/keys/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              client_allowed_sans: [prometheus.example.com, 192.0.2.1]
              min_version: TLS13
              max_version: TLS13
              cipher_suites: [TLS_AES_128_GCM_SHA256]
              curve_preferences: [X25519, CurveP256, CurveP384, CurveP521]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers:
                Content-Security-Policy: default-src 'self'
                X-Frame-Options: deny
                X-Content-Type-Options: nosniff
                X-XSS-Protection: ""
                Strict-Transport-Security: max-age=31536000
            basic_auth_users:
              alice: %s
            rate_limit:
              interval: 100ms
              burst: 20
            """
                .formatted(HASH));
    ServerTls tls = config.tls().orElseThrow();
    assertThat(tls.certificate()).isEqualTo(new Value.InFile(Path.of("/etc/web/server.crt")));
    assertThat(tls.key()).isEqualTo(new Value.InFile(Path.of("/etc/keys/server.key")));
    assertThat(tls.authorities()).contains(new Value.InFile(Path.of("/etc/web/ca.crt")));
    assertThat(tls.clients()).isEqualTo(ServerTls.Clients.GOOD);
    assertThat(tls.names()).containsExactly("prometheus.example.com", "192.0.2.1");
    assertThat(List.of(tls.oldest(), tls.newest()))
        .containsExactly(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3);
    assertThat(tls.groups()).containsExactly("x25519", "secp256r1", "secp384r1", "secp521r1");
    assertThat(config.http2()).isFalse();
    assertThat(config.headers())
        .isEqualTo(
            Map.of(
                "Content-Security-Policy", "default-src 'self'",
                "X-Frame-Options", "deny",
                "X-Content-Type-Options", "nosniff",
                "Strict-Transport-Security", "max-age=31536000"));
    assertThat(config.users()).containsOnlyKeys("alice");
    assertThat(config.rate()).contains(new WebConfig.Rate(Duration.ofMillis(100), 20));
  }

  @Test
  void theNamesThatOlderVersionsHadAreKnown() {
    ServerTls tls =
        good("""
        tls_server_config:
          cert: a chain
          key: its key
          client_auth_type: RequireClientCert
          cipher_suites:
          - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
          - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305
        """)
            .tls()
            .orElseThrow();
    assertThat(tls.clients()).isEqualTo(ServerTls.Clients.ANY);
    assertThat(tls.ciphers())
        .containsExactly(
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    assertThat(tls.toString()).doesNotContain("its key");
  }

  @Test
  void anOlderVersionThanIsServedIsWarnedOf() {
    WebReader.Outcome outcome =
        read("tls_server_config: {cert_file: a, key_file: b, min_version: TLS10}");
    assertThat(outcome).isInstanceOf(WebReader.Outcome.Good.class);
    assertThat(((WebReader.Outcome.Good) outcome).warnings())
        .singleElement()
        .asString()
        .startsWith("/etc/web/web.yml:1:48: 'min_version' is TLS12 all the same");
  }

  private static WebReader.Outcome read(String text) {
    return WebReader.read(Path.of("/etc/web/web.yml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static WebConfig good(String text) {
    WebReader.Outcome outcome = read(text);
    assertThat(outcome).isInstanceOf(WebReader.Outcome.Good.class);
    WebReader.Outcome.Good good = (WebReader.Outcome.Good) outcome;
    assertThat(good.warnings()).isEmpty();
    return good.config();
  }
}
