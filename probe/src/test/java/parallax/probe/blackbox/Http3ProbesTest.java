package parallax.probe.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.fixture.Caddy;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.TestAuthority;

/** Modules with enable_http3, against a real Caddy. */
class Http3ProbesTest {
  private static final String MODULES =
      """
      modules:
        http3:
          prober: http
          timeout: 5s
          http: &http
            preferred_ip_protocol: ip4
            enable_http2: false
            enable_http3: true
            valid_http_versions: [HTTP/3.0]
            fail_if_not_ssl: true
            tls_config: &tls {ca_file: CA, server_name: shop.test}
        http3_any_certificate:
          prober: http
          timeout: 5s
          http:
            <<: *http
            tls_config: {insecure_skip_verify: true, server_name: shop.test}
        http3_body:
          prober: http
          timeout: 5s
          http:
            <<: *http
            fail_if_body_not_matches_regexp: [HTTP/3.0]
        http3_old_tls:
          prober: http
          timeout: 5s
          http:
            <<: *http
            tls_config: {<<: *tls, max_version: TLS12}
        http2:
          prober: http
          timeout: 5s
          http:
            <<: *http
            enable_http2: true
            enable_http3: false
        http3_proxied:
          prober: http
          timeout: 5s
          http:
            <<: *http
            proxy_url: http://127.0.0.1:1
      """;

  @TempDir private static Path folder;

  private static Optional<Caddy> caddy = Optional.empty();
  private static Optional<Bench> bench = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Programs.find("caddy").isPresent(), "needs the caddy program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/O=Parallax Test/CN=Root");
    authority.root("other", "/O=Other/CN=Other");
    authority.server("root", "good", "DNS:shop.test,IP:127.0.0.1");
    authority.server("other", "untrusted", "DNS:shop.test");
    Map<String, String> sites = new LinkedHashMap<>();
    sites.put(
        "good",
        """

          respond /fail 500
          redir /moved /
          header Last-Modified "Sun, 22 Nov 2026 12:00:00 GMT"
          respond "{http.request.proto}"\
        """);
    sites.put("untrusted", "\n  respond ok");
    caddy = Optional.of(new Caddy(folder, "", sites));
    bench =
        Optional.of(
            new Bench(folder, MODULES.replace("CA", authority.file("root.pem").toString())));
  }

  @AfterAll
  static void stop() {
    bench.ifPresent(Bench::close);
    caddy.ifPresent(Caddy::close);
  }

  private static String url(String site, String path) {
    return "https://127.0.0.1:" + caddy.orElseThrow().port(site) + path;
  }

  private static Map<String, Double> probe(String module, String site, String path) {
    return bench.orElseThrow().probe(module, url(site, path));
  }

  @Test
  void saysTheSameOfAServerAsOverTcpButForTheVersion() {
    Map<String, Double> quic = probe("http3", "good", "/");
    assertThat(quic)
        .as(() -> bench.orElseThrow().debug("http3", url("good", "/")))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_http_version", 3.0)
        .containsEntry("probe_http_status_code", 200.0)
        .containsEntry("probe_http_ssl", 1.0)
        .containsEntry("probe_http_uncompressed_body_length", 8.0)
        .containsEntry("probe_tls_version_info{version=\"TLS 1.3\"}", 1.0)
        .containsKey("probe_ssl_earliest_cert_expiry")
        .containsKey("probe_ssl_last_chain_expiry_timestamp_seconds");
    for (String phase : new String[] {"connect", "tls", "processing"}) {
      assertThat(quic.get("probe_http_duration_seconds{phase=\"" + phase + "\"}"))
          .as(phase)
          .isPositive();
    }
    Map<String, Double> tcp = probe("http2", "good", "/");
    assertThat(tcp).containsEntry("probe_http_version", 2.0).containsEntry("probe_success", 0.0);
    assertThat(quic.keySet()).isEqualTo(tcp.keySet());
  }

  @Test
  void judgesAnswersAsTheModuleSays() {
    assertThat(probe("http3_body", "good", "/")).containsEntry("probe_success", 1.0);
    assertThat(probe("http3", "good", "/fail"))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_http_status_code", 500.0);
    assertThat(probe("http3", "good", "/moved"))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_http_redirects", 1.0);
  }

  @Test
  void aCertificateThatIsNotTrustedFailsUnlessAnyWillDo() {
    assertThat(probe("http3", "untrusted", "/"))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_http_status_code", 0.0);
    assertThat(probe("http3_any_certificate", "untrusted", "/"))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_http_version", 3.0);
  }

  @Test
  void whatQuicCannotDoIsSaid() {
    assertThat(bench.orElseThrow().debug("http3_old_tls", url("good", "/")))
        .contains("HTTP/3 needs TLS 1.3");
    assertThat(bench.orElseThrow().debug("http3_proxied", url("good", "/")))
        .contains("HTTP/3 goes through no proxy");
  }
}
