package parallax.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Nginx;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.TestAuthority;

/** Against a real nginx with certificates that have one fault each. */
class TlsCheckTest {
  private static final Map<String, List<String>> NAMES =
      Map.of("shop.test", List.of("127.0.0.1"), "www.shop.test", List.of("127.0.0.1"));

  @TempDir private static Path folder;

  private static Optional<Nginx> nginx = Optional.empty();
  private static Optional<LoopbackProbe> probe = Optional.empty();
  private static Optional<LoopbackProbe> jdkProbe = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Programs.find("nginx").isPresent(), "needs the nginx program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    makeCertificates(authority);
    Map<String, String> servers = new LinkedHashMap<>();
    for (String name :
        List.of(
            "good",
            "wildcard",
            "address",
            "wrong-name",
            "self-signed",
            "stranger",
            "stranger-with-ca",
            "gap-named",
            "gap-aia",
            "gap-organisation",
            "client-only",
            "soon",
            "whole",
            "expired-intermediate")) {
      servers.put(name, block(name, name, ""));
    }
    servers.put("revoked", block("revoked", "revoked", stapled("revoked")));
    servers.put("stapled", block("stapled", "stapled", stapled("stapled")));
    servers.put(
        "tls11", block("good", "good", "ssl_protocols TLSv1.1; ssl_ciphers DEFAULT@SECLEVEL=0;"));
    servers.put("tls12", block("good", "good", "ssl_protocols TLSv1.2;"));
    servers.put("plain", "listen 127.0.0.1:%d; return 200 ok;");
    nginx = Optional.of(new Nginx(folder, servers));
    probe = Optional.of(LoopbackProbe.ofOperator(NAMES));
    jdkProbe = Optional.of(LoopbackProbe.ofOperatorWithJdkTls(NAMES));
  }

  private static void makeCertificates(TestAuthority authority) {
    String shop = "DNS:shop.test";
    authority.root("root", "/O=Parallax Test/CN=Root");
    authority.root("stranger-ca", "/O=Somebody Else/CN=Authority");
    authority.server("root", "good", shop);
    authority.server("root", "wildcard", "DNS:*.shop.test");
    authority.server("root", "address", "IP:127.0.0.1");
    authority.server("root", "wrong-name", "DNS:other.test,DNS:shop.example");
    authority.selfSigned("self-signed", "/CN=shop.test", 90, "subjectAltName=" + shop);
    authority.server("stranger-ca", "stranger", shop);
    authority.server("stranger-ca", "stranger-leaf", shop);
    authority.bundle("stranger-with-ca", "stranger-leaf", "stranger-ca");
    copyKey("stranger-leaf", "stranger-with-ca");
    authority.intermediate("root", "named", "/CN=Shop Intermediate", 3650);
    authority.intermediate("root", "silent", "/CN=Shop Two", 3650);
    authority.intermediate("root", "own", "/O=Parallax Test/CN=Shop Three", 3650);
    authority.intermediate("root", "short", "/CN=Shop Four", 30);
    authority.server("named", "gap-named", shop);
    authority.issue(
        "silent",
        "gap-aia",
        "/CN=gap",
        90,
        "subjectAltName=" + shop,
        "authorityInfoAccess=caIssuers;URI:http://ca.test/two.cer");
    authority.server("own", "gap-organisation", shop);
    authority.server("named", "whole-leaf", shop);
    authority.bundle("whole", "whole-leaf", "named");
    copyKey("whole-leaf", "whole");
    authority.issue("short", "expired-leaf", "/CN=leaf", 900, "subjectAltName=" + shop);
    authority.bundle("expired-intermediate", "expired-leaf", "short");
    copyKey("expired-leaf", "expired-intermediate");
    authority.issue(
        "root",
        "client-only",
        "/CN=c",
        90,
        "subjectAltName=" + shop,
        "extendedKeyUsage=clientAuth");
    authority.issue("root", "soon", "/CN=soon", 10, "subjectAltName=" + shop);
    authority.server("root", "revoked", shop);
    authority.staple("root", "revoked", true);
    authority.server("root", "stapled", shop);
    authority.staple("root", "stapled", false);
  }

  private static void copyKey(String from, String to) {
    try {
      Files.copy(
          folder.resolve(from + ".key"),
          folder.resolve(to + ".key"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (java.io.IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static String block(String chain, String key, String more) {
    return """
    listen 127.0.0.1:%%d ssl;
    ssl_certificate %1$s/%2$s.pem;
    ssl_certificate_key %1$s/%3$s.key;
    %4$s
    return 200 ok;
    """
        .formatted(folder, chain, key, more);
  }

  private static String stapled(String name) {
    return "ssl_stapling on; ssl_stapling_file %1$s/%2$s.ocsp; ssl_trusted_certificate %1$s/root.pem;"
        .formatted(folder, name);
  }

  @AfterAll
  static void stop() {
    probe.ifPresent(LoopbackProbe::close);
    jdkProbe.ifPresent(LoopbackProbe::close);
    nginx.ifPresent(Nginx::close);
  }

  private static TlsSpec spec(String host, String server, TlsPolicy policy) {
    return new TlsSpec(
        new ServerAddress(host, nginx.orElseThrow().port(server)),
        policy,
        Naming.SYSTEM,
        Duration.ofSeconds(5));
  }

  private static TlsPolicy trusting(String authorities) {
    return new TlsPolicy(
        Duration.ofDays(21),
        Duration.ofDays(3),
        Optional.of(folder.resolve(authorities + ".pem")),
        Optional.empty(),
        Optional.empty(),
        TlsPolicy.TlsVersion.TLS_1_2);
  }

  @ParameterizedTest(name = "{1} asked for {0}: {2}")
  @CsvSource(
      textBlock =
          """
          shop.test,     good,                 UP
          www.shop.test, wildcard,             UP
          127.0.0.1,     address,              UP
          shop.test,     whole,                UP
          shop.test,     stapled,              UP
          shop.test,     tls12,                UP
          shop.test,     wildcard,             CERTIFICATE_WRONG_NAME
          shop.test,     address,              CERTIFICATE_WRONG_NAME
          127.0.0.1,     good,                 CERTIFICATE_WRONG_NAME
          shop.test,     wrong-name,           CERTIFICATE_WRONG_NAME
          shop.test,     self-signed,          CERTIFICATE_SELF_SIGNED
          shop.test,     stranger,             CERTIFICATE_UNTRUSTED_ISSUER
          shop.test,     stranger-with-ca,     CERTIFICATE_UNTRUSTED_ISSUER
          shop.test,     gap-named,            CERTIFICATE_INCOMPLETE_CHAIN
          shop.test,     gap-aia,              CERTIFICATE_INCOMPLETE_CHAIN
          shop.test,     gap-organisation,     CERTIFICATE_INCOMPLETE_CHAIN
          shop.test,     client-only,          CERTIFICATE_INVALID
          shop.test,     revoked,              CERTIFICATE_REVOKED
          shop.test,     soon,                 CERTIFICATE_EXPIRES_SOON
          shop.test,     tls11,                TLS_PROTOCOL_TOO_OLD
          shop.test,     plain,                TLS_HANDSHAKE
          """)
  void namesTheFault(String host, String server, String expected) {
    for (LoopbackProbe of : List.of(probe.orElseThrow(), jdkProbe.orElseThrow())) {
      CheckResult result = of.run(spec(host, server, trusting("root")));
      assertThat(reason(result)).as("%s", result).isEqualTo(expected);
      assertThat(result.layer()).isEqualTo(Layer.TLS);
      boolean handshook = !server.equals("plain") && !server.equals("tls11");
      if (handshook) {
        assertThat(result.facts().certificateExpiry()).isPresent();
        assertThat(result.facts().tlsVersion()).isPresent();
        assertThat(result.timings().of(Phase.TLS).orElseThrow()).isPositive();
      }
    }
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "good, Parallax Test",
    "whole, Shop Intermediate",
    "stranger, Somebody Else",
    "wrong-name, Parallax Test",
    "revoked, Parallax Test",
    "self-signed, shop.test"
  })
  void saysWhoIssuedTheCertificateTrustedOrNot(String server, String issuer) {
    TlsSpec spec = spec("shop.test", server, trusting("root"));
    assertThat(probe.orElseThrow().run(spec).facts().issuer()).contains(issuer);
    // The second time a good chain is known already.
    assertThat(probe.orElseThrow().run(spec).facts().issuer()).contains(issuer);
  }

  @Test
  void degradesBeforeItFails() {
    CheckResult warned = probe.orElseThrow().run(spec("shop.test", "soon", trusting("root")));
    assertThat(warned.outcome()).isInstanceOf(Outcome.Degraded.class);
    TlsPolicy strict =
        new TlsPolicy(
            Duration.ofDays(60),
            Duration.ofDays(15),
            trusting("root").authorities(),
            Optional.empty(),
            Optional.empty(),
            TlsPolicy.TlsVersion.TLS_1_2);
    CheckResult failed = probe.orElseThrow().run(spec("shop.test", "soon", strict));
    assertThat(failed.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(reason(failed)).isEqualTo("CERTIFICATE_EXPIRES_SOON");
  }

  @ParameterizedTest
  @CsvSource({
    "good, 200, CERTIFICATE_EXPIRED",
    "good, -10, CERTIFICATE_NOT_YET_VALID",
    "self-signed, 200, CERTIFICATE_SELF_SIGNED",
    "expired-intermediate, 100, CERTIFICATE_EXPIRED",
    "expired-intermediate, 1, UP"
  })
  void goesByTheClockItIsGiven(String server, int days, String expected) {
    TlsPolicy patient =
        new TlsPolicy(
            Duration.ZERO,
            Duration.ZERO,
            trusting("root").authorities(),
            Optional.empty(),
            Optional.empty(),
            TlsPolicy.TlsVersion.TLS_1_2);
    Instant then = Instant.now().plus(Duration.ofDays(days));
    try (LoopbackProbe later = LoopbackProbe.ofOperatorAt(then, NAMES)) {
      assertThat(reason(later.run(spec("shop.test", server, patient)))).isEqualTo(expected);
    }
  }

  @Test
  void asksForTheNameThatThePolicyNames() {
    TlsPolicy other =
        new TlsPolicy(
            Duration.ofDays(21),
            Duration.ofDays(3),
            trusting("root").authorities(),
            Optional.empty(),
            Optional.of("other.test"),
            TlsPolicy.TlsVersion.TLS_1_2);
    assertThat(reason(probe.orElseThrow().run(spec("shop.test", "wrong-name", other))))
        .isEqualTo("UP");
  }

  @Test
  void refusesWhatIsOlderThanThePolicy() {
    TlsPolicy modern =
        new TlsPolicy(
            Duration.ofDays(21),
            Duration.ofDays(3),
            trusting("root").authorities(),
            Optional.empty(),
            Optional.empty(),
            TlsPolicy.TlsVersion.TLS_1_3);
    assertThat(reason(probe.orElseThrow().run(spec("shop.test", "tls12", modern))))
        .isEqualTo("TLS_PROTOCOL_TOO_OLD");
  }

  @Test
  void cannotRunWithoutTheFilesItIsTold() {
    assertThat(reason(probe.orElseThrow().run(spec("shop.test", "good", trusting("absent")))))
        .isEqualTo("PROBE_NOT_CONFIGURED");
  }

  @Test
  void doesNotTrustAPrivateAuthorityUnasked() {
    assertThat(reason(probe.orElseThrow().run(spec("shop.test", "good", TlsPolicy.DEFAULT))))
        .isEqualTo("CERTIFICATE_UNTRUSTED_ISSUER");
  }

  @Test
  void endsAHandshakeThatHangsAtTheDeadline() {
    try (RawServer silent = new RawServer(RawServer.Peer::awaitEnd)) {
      TlsSpec spec =
          new TlsSpec(
              new ServerAddress("127.0.0.1", silent.port()),
              TlsPolicy.DEFAULT,
              Naming.SYSTEM,
              Duration.ofMillis(300));
      assertThat(reason(probe.orElseThrow().run(spec))).isEqualTo("TLS_TIMEOUT");
    }
  }

  private static String reason(CheckResult result) {
    return result.outcome().why().map(finding -> finding.reason()).map(Reason::name).orElse("UP");
  }
}
