package parallax.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.HttpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.http.BodyExpect;
import parallax.config.check.http.HttpExpect;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.Caddy;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Nginx;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;
import parallax.probe.fixture.TestAuthority;

/** HTTP/3 against a real Caddy: up, and broken at every layer. */
class Http3CheckTest {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "shop.test", List.of("127.0.0.1"),
          "twice.test", List.of("127.0.0.2", "127.0.0.1"));

  private static final int LARGE_BYTES = 3 * 1024 * 1024;

  @TempDir private static Path folder;

  private static Optional<Caddy> caddy = Optional.empty();
  private static Optional<LoopbackProbe> probe = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Programs.find("caddy").isPresent(), "needs the caddy program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/O=Parallax Test/CN=Root");
    authority.server("root", "good", "DNS:shop.test,DNS:twice.test");
    authority.server("root", "misnamed", "DNS:elsewhere.test");
    authority.root("other", "/O=Other/CN=Other");
    authority.server("other", "untrusted", "DNS:shop.test");
    authority.server("root", "mutual", "DNS:shop.test");
    authority.issue("root", "client", "/CN=probe", 90, "extendedKeyUsage=clientAuth");
    authority.issue("root", "soon", "/CN=soon", 10, "subjectAltName=DNS:shop.test");
    Files.write(folder.resolve("large.bin"), new byte[LARGE_BYTES]);
    caddy = Optional.of(new Caddy(folder, "*.test", sites(Programs.freePort())));
    probe = Optional.of(LoopbackProbe.ofOperator(NAMES));
  }

  private static Map<String, String> sites(int nobody) {
    Map<String, String> sites = new LinkedHashMap<>();
    String plain = "\n  respond \"{http.request.proto} {http.request.host}\"";
    sites.put(
        "good",
        """

          respond /fail "broken" 500
          respond /nothing 204
          respond /echo "{http.request.method} {http.request.body} {http.request.header.X-Key}"
          redir /moved /
          redir /loop /loop
          redir /clear http://shop.test/
          redir /away https://shop.test:%d/
          @many path /many
          header @many X-Large "%s"
          respond /many "large"
          root * %s
          file_server /large.bin
          @rest not path /large.bin
          respond @rest "{http.request.proto} {http.request.host}"\
        """
            .formatted(nobody, "x".repeat(70_000), folder));
    for (String name : List.of("misnamed", "untrusted", "soon")) {
      sites.put(name, plain);
    }
    sites.put(
        "mutual",
        " {\n    client_auth {\n      mode require_and_verify\n      trusted_ca_cert_file "
            + folder
            + "/root.pem\n    }\n  }"
            + plain);
    return sites;
  }

  @AfterAll
  static void stop() {
    probe.ifPresent(LoopbackProbe::close);
    caddy.ifPresent(Caddy::close);
  }

  private static HttpSpec http3(String url) {
    return Specs.tls(
        Specs.version(Specs.get(url), HttpSpec.Version.HTTP_3), trusting(Optional.empty()));
  }

  private static HttpSpec site(String name, String path) {
    return http3("https://shop.test:" + caddy.orElseThrow().port(name) + path);
  }

  private static TlsPolicy trusting(Optional<TlsPolicy.ClientCertificate> own) {
    return new TlsPolicy(
        Duration.ofDays(21),
        Duration.ofDays(3),
        Optional.of(folder.resolve("root.pem")),
        own,
        Optional.empty(),
        TlsPolicy.TlsVersion.TLS_1_2);
  }

  private static CheckResult run(HttpSpec spec) {
    return probe.orElseThrow().run(spec);
  }

  private static String reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason).map(Reason::name).orElse("UP");
  }

  private static String detail(CheckResult result) {
    return result.outcome().why().map(Finding::detail).orElse("");
  }

  @Test
  void looksAtEveryLayerOverQuic() {
    CheckResult result = run(Specs.body(site("good", "/"), Specs.contains("HTTP/3.0 shop.test")));
    assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.up());
    assertThat(result.layer()).isEqualTo(Layer.CONTENT);
    assertThat(result.facts().httpVersion()).contains("3");
    assertThat(result.facts().httpStatus()).contains(200);
    assertThat(result.facts().tlsVersion()).contains("TLSv1.3");
    assertThat(result.facts().certificateExpiry()).isPresent();
    assertThat(result.facts().address()).contains("127.0.0.1");
    assertThat(result.timings().phases().keySet()).containsExactly(Phase.values());
  }

  @Test
  void eachLookIsAConnectionOfItsOwn() {
    for (int look = 0; look < 3; look++) {
      CheckResult result = run(site("good", "/"));
      assertThat(reason(result)).as("%s", result).isEqualTo("UP");
      assertThat(result.facts().certificateExpiry()).isPresent();
    }
  }

  @Test
  void aLookThatEndsAtAnyMomentHoldsUpNoOther() {
    for (int millis = 1; millis <= 60; millis++) {
      CheckResult cut = run(Specs.timeout(site("good", "/"), Duration.ofMillis(millis)));
      assertThat(cut.timings().total()).isLessThan(Duration.ofSeconds(5));
    }
    CheckResult after = run(site("good", "/"));
    assertThat(reason(after)).as("%s", after).isEqualTo("UP");
  }

  @Test
  void sendsWhatIsConfigured() {
    HttpSpec spec =
        Specs.request(
            site("good", "/echo"),
            "POST",
            List.of(new HttpSpec.Header("X-Key", Secret.of("sesame"))),
            Optional.of(Secret.of("ping")));
    CheckResult result = run(Specs.body(spec, Specs.contains("POST ping sesame")));
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"misnamed, CERTIFICATE_WRONG_NAME", "untrusted, CERTIFICATE_UNTRUSTED_ISSUER"})
  void judgesTheCertificateAsOverTcpAndSendsNothing(String site, String reason) {
    CheckResult result = run(site(site, "/"));
    assertThat(reason(result)).as("%s", result).isEqualTo(reason);
    assertThat(result.layer()).isEqualTo(Layer.TLS);
    assertThat(result.timings().of(Phase.FIRST_BYTE)).isEmpty();
    CheckResult overTcp = run(Specs.version(site(site, "/"), HttpSpec.Version.ANY));
    assertThat(detail(overTcp)).isEqualTo(detail(result));
  }

  @Test
  void aCertificateThatHasEndedIsTold() {
    Instant later = Instant.now().plus(Duration.ofDays(15));
    try (LoopbackProbe then = LoopbackProbe.ofOperatorAt(later, NAMES)) {
      CheckResult result = then.run(site("soon", "/"));
      assertThat(reason(result)).as("%s", result).isEqualTo("CERTIFICATE_EXPIRED");
      assertThat(result.layer()).isEqualTo(Layer.TLS);
    }
  }

  @Test
  void degradesWhenTheCertificateEndsSoon() {
    CheckResult result = run(site("soon", "/"));
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(reason(result)).isEqualTo("CERTIFICATE_EXPIRES_SOON");
  }

  @Test
  void showsItsCertificateToAServerThatWantsOne() {
    CheckResult without = run(site("mutual", "/"));
    assertThat(reason(without)).as("%s", without).isEqualTo("TLS_HANDSHAKE");
    HttpSpec with =
        Specs.tls(
            site("mutual", "/"),
            trusting(
                Optional.of(
                    new TlsPolicy.ClientCertificate(
                        folder.resolve("client.pem"), folder.resolve("client.key")))));
    CheckResult result = run(with);
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
  }

  @Test
  void judgesStatusHeaderAndBody() {
    CheckResult failing = run(site("good", "/fail"));
    assertThat(reason(failing)).isEqualTo("HTTP_STATUS");
    assertThat(detail(failing)).startsWith("500 Internal Server Error");
    assertThat(reason(run(serving("caddy")))).isEqualTo("UP");
    assertThat(reason(run(serving("nginx")))).isEqualTo("HTTP_HEADER_MISMATCH");
    assertThat(reason(run(Specs.body(site("good", "/"), Specs.contains("no such text")))))
        .isEqualTo("BODY_MISSING_TEXT");
  }

  private static HttpSpec serving(String server) {
    HttpExpect expect =
        new HttpExpect(
            HttpExpect.DEFAULT.status(),
            BodyExpect.ANYTHING,
            new TreeMap<>(Map.of("server", server)),
            Optional.empty(),
            Optional.empty());
    return Specs.expect(site("good", "/"), expect);
  }

  @Test
  void anAnswerMayHaveNoContent() {
    CheckResult result = run(site("good", "/nothing"));
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
    assertThat(result.facts().httpStatus()).contains(204);
    assertThat(result.facts().bodyBytes()).contains(0L);
    assertThat(reason(run(Specs.request(site("good", "/"), "HEAD", List.of(), Optional.empty()))))
        .isEqualTo("UP");
  }

  @Test
  void readsNoMoreOfABodyThanItsBounds() {
    CheckResult counted = run(site("good", "/large.bin"));
    assertThat(reason(counted)).as("%s", counted).isEqualTo("UP");
    CheckResult searched =
        run(Specs.body(site("good", "/large.bin"), Specs.contains("no such text")));
    assertThat(reason(searched)).as("%s", searched).isEqualTo("BODY_TOO_LARGE");
  }

  @Test
  void aHeaderLargerThanItsBoundIsRefused() {
    CheckResult result = run(site("good", "/many"));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_HEADERS_TOO_LARGE");
  }

  @Test
  void followsRedirectsOverHttp3() {
    CheckResult moved = run(Specs.body(site("good", "/moved"), Specs.contains("HTTP/3.0")));
    assertThat(reason(moved)).as("%s", moved).isEqualTo("UP");
    assertThat(moved.facts().redirects()).isEqualTo(1);
    assertThat(reason(run(site("good", "/loop")))).isEqualTo("HTTP_REDIRECT_LOOP");
    assertThat(reason(run(site("good", "/clear")))).isEqualTo("HTTP_REDIRECT_INVALID");
    CheckResult away = run(site("good", "/away"));
    assertThat(reason(away)).isEqualTo("UDP_PORT_UNREACHABLE");
    assertThat(detail(away)).startsWith("after a redirect to https://shop.test:");
  }

  @Test
  void aServerOfTcpAloneIsNotThere() {
    assumeTrue(Programs.find("nginx").isPresent(), "needs the nginx program");
    String block =
        "listen 127.0.0.1:%%d ssl http2; ssl_certificate %1$s/good.pem; ssl_certificate_key %1$s/good.key;"
            .formatted(folder);
    try (Nginx nginx = new Nginx(folder, Map.of("tcp", block))) {
      CheckResult result = run(http3("https://shop.test:" + nginx.port("tcp") + "/"));
      assertThat(reason(result)).as("%s", result).isEqualTo("UDP_PORT_UNREACHABLE");
      assertThat(result.layer()).isEqualTo(Layer.TCP);
      assertThat(result.timings().of(Phase.TLS)).isEmpty();
    }
  }

  @Test
  void silenceIsNotWaitedForLongerThanTheDeadline() throws IOException {
    try (java.net.DatagramSocket silent =
        new java.net.DatagramSocket(0, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
      HttpSpec spec = http3("https://shop.test:" + silent.getLocalPort() + "/");
      CheckResult result = run(Specs.timeout(spec, Duration.ofMillis(700)));
      assertThat(reason(result)).as("%s", result).isEqualTo("UDP_NO_ANSWER");
      assertThat(result.timings().total()).isBetween(Duration.ofMillis(600), Duration.ofSeconds(3));
    }
  }

  @Test
  void anAddressWhereNobodyListensIsNotTheOnlyOne() {
    CheckResult result = run(http3("https://twice.test:" + caddy.orElseThrow().port("good") + "/"));
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
    assertThat(result.facts().address()).contains("127.0.0.1");
  }

  @Test
  void aServerKilledInMidAnswerHasNotAnswered() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer origin =
        new RawServer(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(5000));
              asked.countDown();
              peer.pause(Duration.ofSeconds(20));
            })) {
      Path own = Files.createDirectories(folder.resolve("killed"));
      for (String file : List.of("good.pem", "good.key")) {
        Files.copy(folder.resolve(file), own.resolve(file));
      }
      try (Caddy other =
          new Caddy(
              own,
              "shop.test",
              Map.of(
                  "good",
                  "\n  reverse_proxy 127.0.0.1:%d {\n    flush_interval -1\n  }"
                      .formatted(origin.port())))) {
        HttpSpec spec = http3("https://shop.test:" + other.port("good") + "/");
        var running =
            probe
                .orElseThrow()
                .start(
                    Specs.timeout(
                        Specs.body(spec, Specs.contains("no such")), Duration.ofSeconds(3)));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        other.kill();
        CheckResult result = running.await(20, TimeUnit.SECONDS);
        // How much of the answer came through is the kernel's affair.
        assertThat(reason(result))
            .as("%s", result)
            .isIn("HTTP_BODY_TIMEOUT", "HTTP_TIMEOUT", "HTTP_CLOSED");
        assertThat(result.layer()).isEqualTo(Layer.HTTP);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
