package parallax.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.HttpCredentials;
import parallax.config.check.HttpSpec;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Nginx;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;
import parallax.probe.fixture.TestAuthority;

/** Against a real nginx: versions, certificates, client certificates, proxies, tokens. */
class HttpsCheckTest {
  private static final Map<String, List<String>> NAMES =
      Map.of("shop.test", List.of("127.0.0.1"), "proxy.test", List.of("127.0.0.1"));

  @TempDir private static Path folder;

  private static Optional<Nginx> nginx = Optional.empty();
  private static Optional<LoopbackProbe> probe = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Programs.find("nginx").isPresent(), "needs the nginx program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/O=Parallax Test/CN=Root");
    authority.server("root", "good", "DNS:shop.test");
    authority.root("other", "/O=Other/CN=Other");
    authority.server("other", "untrusted", "DNS:shop.test");
    authority.issue("root", "client", "/CN=probe", 90, "extendedKeyUsage=clientAuth");
    authority.issue("root", "soon", "/CN=soon", 10, "subjectAltName=DNS:shop.test");
    Map<String, String> servers = new LinkedHashMap<>();
    String answer = "return 200 \"$server_protocol $host $http_authorization\";";
    servers.put("h2", tls("good", "http2", answer));
    servers.put("h1", tls("good", "", answer));
    servers.put("untrusted", tls("untrusted", "", answer));
    servers.put("soon", tls("soon", "", answer));
    servers.put(
        "mutual",
        tls(
            "good",
            "",
            "ssl_client_certificate %s/root.pem; ssl_verify_client on; %s"
                .formatted(folder, answer)));
    servers.put("clear", "listen 127.0.0.1:%d; " + answer);
    servers.put("clear-h2", "listen 127.0.0.1:%d http2; " + answer);
    nginx = Optional.of(new Nginx(folder, servers));
    probe = Optional.of(LoopbackProbe.ofOperator(NAMES));
  }

  private static String tls(String certificate, String options, String answer) {
    return "listen 127.0.0.1:%%d ssl %2$s; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate %1$s/%3$s.pem; ssl_certificate_key %1$s/%3$s.key; %4$s"
        .formatted(folder, options, certificate, answer);
  }

  @AfterAll
  static void stop() {
    probe.ifPresent(LoopbackProbe::close);
    nginx.ifPresent(Nginx::close);
  }

  private static HttpSpec https(String server, String contains) {
    HttpSpec spec = Specs.get("https://shop.test:" + nginx.orElseThrow().port(server) + "/");
    return Specs.tls(Specs.body(spec, Specs.contains(contains)), trusting(Optional.empty()));
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

  @ParameterizedTest(name = "{0} offered {1}: {2}")
  @CsvSource({
    "h2, ANY, 2, HTTP/2.0",
    "h2, HTTP_2, 2, HTTP/2.0",
    "h2, HTTP_1_1, 1.1, HTTP/1.1",
    "h1, ANY, 1.1, HTTP/1.1",
    "h1, HTTP_1_1, 1.1, HTTP/1.1"
  })
  void speaksTheVersionTheyAgreeOn(
      String server, HttpSpec.Version offered, String version, String body) {
    CheckResult result = run(Specs.version(https(server, body + " shop.test"), offered));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(result.facts().httpVersion()).contains(version);
    assertThat(result.facts().tlsVersion()).contains("TLSv1.3");
    assertThat(result.facts().certificateExpiry()).isPresent();
    assertThat(result.timings().phases().keySet()).containsExactly(Phase.values());
  }

  @Test
  void speaksHttp2InTheClearWhenToldTo() {
    HttpSpec spec = Specs.get("http://127.0.0.1:" + nginx.orElseThrow().port("clear-h2") + "/");
    CheckResult result = run(Specs.version(spec, HttpSpec.Version.HTTP_2));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(result.facts().httpVersion()).contains("2");
  }

  @Test
  void saysThatHttp2IsNotAgreedOn() {
    CheckResult result = run(Specs.version(https("h1", "x"), HttpSpec.Version.HTTP_2));
    assertThat(reason(result)).isEqualTo("TLS_HANDSHAKE");
  }

  @Test
  void sendsNothingToAServerWithABadCertificate() {
    CheckResult result = run(https("untrusted", "x"));
    assertThat(reason(result)).isEqualTo("CERTIFICATE_UNTRUSTED_ISSUER");
    assertThat(result.timings().of(Phase.FIRST_BYTE)).isEmpty();
  }

  @Test
  void degradesWhenAllIsWellButForTheCertificatesEnd() {
    CheckResult result = run(https("soon", "HTTP/1.1"));
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(reason(result)).isEqualTo("CERTIFICATE_EXPIRES_SOON");
    assertThat(result.facts().httpStatus()).contains(200);
  }

  @Test
  void showsItsCertificateAndNoticesWhenTheFilesChange() throws IOException {
    HttpSpec without = https("mutual", "HTTP/1.1");
    assertThat(reason(run(without))).isIn("HTTP_STATUS", "TLS_HANDSHAKE");
    Path chain = folder.resolve("shown.pem");
    Path key = folder.resolve("shown.key");
    HttpSpec with =
        Specs.tls(without, trusting(Optional.of(new TlsPolicy.ClientCertificate(chain, key))));
    assertThat(reason(run(with))).isEqualTo("PROBE_NOT_CONFIGURED");
    Files.copy(folder.resolve("client.pem"), chain, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(folder.resolve("client.key"), key, StandardCopyOption.REPLACE_EXISTING);
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    String reason = reason(run(with));
    while (!reason.equals("UP") && System.nanoTime() < end) {
      reason = reason(run(with));
    }
    assertThat(reason).isEqualTo("UP");
  }

  @Test
  void saysThatAKeyCannotBeUsed() throws IOException {
    Path key = Files.writeString(folder.resolve("bad.key"), "not a key");
    HttpSpec spec =
        Specs.tls(
            https("mutual", "x"),
            trusting(
                Optional.of(new TlsPolicy.ClientCertificate(folder.resolve("client.pem"), key))));
    CheckResult result = run(spec);
    assertThat(reason(result)).isEqualTo("PROBE_NOT_CONFIGURED");
    assertThat(result.toString()).doesNotContain("not a key");
  }

  @Test
  void authenticates() {
    HttpSpec basic =
        Specs.credentials(
            https("h2", "Basic dXNlcjpwYXNz"),
            new HttpCredentials.Basic("user", Secret.of("pass")));
    assertThat(reason(run(basic))).isEqualTo("UP");
    HttpSpec bearer =
        Specs.credentials(
            https("h1", "Bearer abc.def"), new HttpCredentials.Bearer(Secret.of("abc.def")));
    assertThat(reason(run(bearer))).isEqualTo("UP");
  }

  private static RawServer tokenServer(AtomicInteger asked, String answer) {
    return new RawServer(
        peer -> {
          String head = peer.readHead().toLowerCase(Locale.ROOT);
          int from = head.indexOf("content-length: ") + "content-length: ".length();
          int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
          String body =
              new String(peer.in().readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
          asked.incrementAndGet();
          boolean right = body.equals("grant_type=client_credentials&scope=a+b");
          peer.send(right ? answer : "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n");
          peer.awaitEnd();
        });
  }

  private static HttpSpec withTokenFrom(RawServer tokens, String contains) {
    return Specs.credentials(
        https("h1", contains),
        new HttpCredentials.ClientCredentials(
            URI.create("http://127.0.0.1:" + tokens.port() + "/token"),
            "id",
            Secret.of("topsecret"),
            List.of("a", "b")));
  }

  private static String json(int status, String body) {
    return "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void fetchesATokenOnceAndKeepsIt() {
    AtomicInteger asked = new AtomicInteger();
    String answer =
        json(200, "{\"access_token\":\"tok\",\"token_type\":\"Bearer\",\"expires_in\":300}");
    try (RawServer tokens = tokenServer(asked, answer)) {
      HttpSpec spec = withTokenFrom(tokens, "Bearer tok");
      assertThat(reason(run(spec))).isEqualTo("UP");
      assertThat(reason(run(spec))).isEqualTo("UP");
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void keepsNoTokenThatEndsAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer tokens =
        tokenServer(asked, json(200, "{\"access_token\":\"tok\",\"expires_in\":5}"))) {
      HttpSpec spec = withTokenFrom(tokens, "Bearer tok");
      assertThat(reason(run(spec))).isEqualTo("UP");
      assertThat(reason(run(spec))).isEqualTo("UP");
      assertThat(asked).hasValue(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | {"error":"invalid_client","error_description":"topsecret"} | 401 invalid_client
          200 | {"error":"topsecret leaks"}                              | answered 200
          200 | no json topsecret                                        | answered 200
          200 | {"access_token":7}                                       | answered 200
          302 | {}                                                       | answered 302
          """)
  void saysWhyThereIsNoTokenAndNothingElse(int status, String body, String detail) {
    try (RawServer tokens = tokenServer(new AtomicInteger(), json(status, body))) {
      CheckResult result = run(withTokenFrom(tokens, "x"));
      assertThat(reason(result)).isEqualTo("HTTP_AUTHENTICATION");
      assertThat(result.outcome().why().orElseThrow().detail()).contains(detail);
      assertThat(result.toString()).doesNotContain("topsecret");
    }
  }

  @Test
  void endsAtTheDeadlineWhenTheTokenServerHangs() {
    try (RawServer tokens = new RawServer(RawServer.Peer::awaitEnd)) {
      HttpSpec spec = Specs.timeout(withTokenFrom(tokens, "x"), Duration.ofMillis(300));
      assertThat(reason(run(spec))).isEqualTo("HTTP_AUTHENTICATION");
    }
  }

  /** A proxy that tunnels to where it is asked to, on this machine. */
  private static void tunnel(RawServer.Peer peer) throws IOException {
    String head = peer.readHead();
    String authority = head.split(" ", 3)[1];
    boolean known = head.toLowerCase(Locale.ROOT).contains("proxy-authorization: basic dtpw");
    if (!known) {
      peer.send("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    if (!head.startsWith("CONNECT ")) {
      String body = authority;
      peer.send(json(200, body));
      return;
    }
    int port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
    try (Socket target = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
      Thread.ofVirtual().start(() -> copy(peer, target));
      InputStream from = target.getInputStream();
      byte[] buffer = new byte[8192];
      int read = from.read(buffer);
      while (read >= 0) {
        peer.send(java.util.Arrays.copyOf(buffer, read));
        read = from.read(buffer);
      }
    }
  }

  private static void copy(RawServer.Peer peer, Socket target) {
    try {
      peer.in().transferTo(target.getOutputStream());
      target.shutdownOutput();
    } catch (IOException over) {
      // the end of the connection
    }
  }

  private static HttpSpec through(RawServer proxy, HttpSpec spec, String password) {
    return Specs.proxy(
        spec,
        new HttpSpec.ProxyAddress(
            new ServerAddress("proxy.test", proxy.port()),
            Optional.of(new HttpCredentials.Basic("u", Secret.of(password)))));
  }

  @Test
  void goesThroughAProxy() {
    try (RawServer proxy = new RawServer(HttpsCheckTest::tunnel)) {
      CheckResult tunnelled = run(through(proxy, https("h2", "HTTP/2.0 shop.test"), "p"));
      assertThat(tunnelled.outcome()).isEqualTo(Outcome.up());
      HttpSpec clear = Specs.get("http://nowhere.test/path?x=1");
      clear = Specs.body(clear, Specs.contains("http://nowhere.test/path?x=1"));
      assertThat(reason(run(through(proxy, clear, "p")))).isEqualTo("UP");
    }
  }

  @Test
  void namesTheProxyWhenItFails() {
    try (RawServer proxy = new RawServer(HttpsCheckTest::tunnel)) {
      CheckResult refused = run(through(proxy, https("h2", "x"), "wrong"));
      assertThat(reason(refused)).isEqualTo("HTTP_PROXY");
      assertThat(refused.outcome().why().orElseThrow().detail())
          .contains("proxy.test", "answered 407");
    }
    HttpSpec.ProxyAddress dead =
        new HttpSpec.ProxyAddress(
            new ServerAddress("proxy.test", Programs.freePort()), Optional.empty());
    assertThat(reason(run(Specs.proxy(https("h2", "x"), dead)))).isEqualTo("HTTP_PROXY");
    try (RawServer silent = new RawServer(RawServer.Peer::awaitEnd)) {
      HttpSpec spec = through(silent, https("h2", "x"), "p");
      assertThat(reason(run(Specs.timeout(spec, Duration.ofMillis(300))))).isEqualTo("HTTP_PROXY");
    }
  }

  @Test
  void asksNoProxyForMetadata() {
    try (RawServer proxy = new RawServer(HttpsCheckTest::tunnel)) {
      for (String host : List.of("169.254.169.254", "metadata.google.internal")) {
        CheckResult result = run(through(proxy, Specs.get("http://" + host + "/"), "p"));
        assertThat(reason(result)).isEqualTo("PROBE_ADDRESS_FORBIDDEN");
      }
      assertThat(proxy.accepted()).isZero();
    }
  }
}
