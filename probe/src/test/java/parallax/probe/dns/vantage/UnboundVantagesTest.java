package parallax.probe.dns.vantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import parallax.config.observation.Reason;
import parallax.probe.dns.vantage.Heard.Answered;
import parallax.probe.dns.vantage.Heard.Silent;
import parallax.probe.dns.vantage.Vantage.Kind;
import parallax.probe.dns.vantage.line.Identity;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.TestAuthority;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.judge.TrustAnchors;

/** Through a real Unbound, in every way it can be spoken to. */
final class UnboundVantagesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @TempDir private static Path folder;

  private static Optional<Unbound> unbound = Optional.empty();
  private static Optional<VantageLab> trusting = Optional.empty();
  private static Optional<VantageLab> suspicious = Optional.empty();
  private static String pin = "";

  @BeforeAll
  static void start() {
    assumeTrue(Programs.find("unbound").isPresent(), "needs the unbound program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/CN=Root");
    authority.server("root", "server", "DNS:resolver.test,IP:127.0.0.1");
    pin = VantageLab.pin(authority.certificate("server"));
    unbound = Optional.of(new Unbound(folder));
    trusting =
        Optional.of(new VantageLab(new TrustAnchors(List.of(authority.certificate("root")))));
    suspicious = Optional.of(new VantageLab(new TrustAnchors(List.of())));
  }

  @AfterAll
  static void stop() {
    unbound.ifPresent(Unbound::close);
    trusting.ifPresent(VantageLab::close);
    suspicious.ifPresent(VantageLab::close);
  }

  @Test
  void everyWayLeadsToTheSameAnswer() {
    Unbound server = unbound.orElseThrow();
    List<Heard> heard =
        trusting
            .orElseThrow()
            .ask(
                List.of(
                    vantage("udp", server.plain(), new Vantage.Udp()),
                    vantage("tcp", server.plain(), new Vantage.Tcp()),
                    vantage("tls", server.tls(), tls(VantageLab.named("resolver.test"))),
                    vantage("address", server.tls(), tls(VantageLab.named("127.0.0.1"))),
                    vantage("https", server.https(), https("resolver.test", "/dns-query"))),
                TIMEOUT);
    assertThat(heard)
        .allSatisfy(
            one ->
                assertThat(one)
                    .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> {
                          assertThat(answered.said().rcode()).isEqualTo(Rcode.NOERROR);
                          assertThat(answered.said().records()).hasSize(2);
                        }));
    assertThat(
            new Comparison(List.of(), _ -> false).compare(heard, Optional.empty(), Instant.EPOCH))
        .extracting(Standing::state)
        .hasSize(5)
        .containsOnly(Standing.State.AGREES);
  }

  @Test
  void aPinNeedsNoAuthority() {
    InetSocketAddress server = unbound.orElseThrow().tls();
    VantageLab lab = suspicious.orElseThrow();
    assertThat(lab.ask(vantage("pinned", server, tls(VantageLab.pinned(pin))), TIMEOUT))
        .isInstanceOf(Answered.class);
    String other = Base64.getEncoder().encodeToString(new byte[32]);
    assertSilent(
        lab.ask(vantage("wrong", server, tls(VantageLab.pinned(other))), TIMEOUT),
        Reason.CERTIFICATE_UNTRUSTED_ISSUER);
  }

  @Test
  void aResolverThatIsSomebodyElseIsNotAsked() {
    Unbound server = unbound.orElseThrow();
    VantageLab lab = trusting.orElseThrow();
    assertSilent(
        lab.ask(vantage("x", server.tls(), tls(VantageLab.named("other.test"))), TIMEOUT),
        Reason.CERTIFICATE_WRONG_NAME);
    assertSilent(
        lab.ask(vantage("x", server.https(), https("other.test", "/dns-query")), TIMEOUT),
        Reason.CERTIFICATE_WRONG_NAME);
    Heard unknown =
        suspicious
            .orElseThrow()
            .ask(vantage("x", server.tls(), tls(VantageLab.named("resolver.test"))), TIMEOUT);
    assertThat(((Silent) unknown).reason())
        .isIn(Reason.CERTIFICATE_UNTRUSTED_ISSUER, Reason.CERTIFICATE_INCOMPLETE_CHAIN);
  }

  @Test
  void aWrongPathIsAnHttpStatus() {
    assertSilent(
        trusting
            .orElseThrow()
            .ask(
                vantage("x", unbound.orElseThrow().https(), https("resolver.test", "/nothing")),
                TIMEOUT),
        Reason.HTTP_STATUS);
  }

  @Test
  void tlsToAPortWithoutItIsAFailedHandshake() {
    Heard heard =
        trusting
            .orElseThrow()
            .ask(
                vantage("x", unbound.orElseThrow().plain(), tls(VantageLab.named("resolver.test"))),
                Duration.ofSeconds(1));
    assertThat(((Silent) heard).reason()).isIn(Reason.TLS_HANDSHAKE, Reason.TLS_TIMEOUT);
  }

  @Test
  void addressesThatThePolicyForbidsAreNotAsked() {
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(), List.of());
    try (VantageLab lab = new VantageLab(new TrustAnchors(List.of()), policy)) {
      Vantage tcp = vantage("x", unbound.orElseThrow().plain(), new Vantage.Tcp());
      assertSilent(lab.ask(tcp, TIMEOUT), Reason.PROBE_ADDRESS_FORBIDDEN);
      Vantage own = new Vantage("own", Kind.SYSTEM, tcp.server(), tcp.way());
      assertThat(lab.ask(own, TIMEOUT)).isInstanceOf(Answered.class);
    }
  }

  private static void assertSilent(Heard heard, Reason reason) {
    assertThat(heard)
        .isInstanceOfSatisfying(
            Silent.class, silent -> assertThat(silent.reason()).isEqualTo(reason));
  }

  private static Vantage vantage(String name, InetSocketAddress server, Vantage.Way way) {
    return new Vantage(name, Kind.PUBLIC, server, way);
  }

  private static Vantage.Way tls(Identity identity) {
    return new Vantage.Tls(identity);
  }

  private static Vantage.Way https(String name, String path) {
    return new Vantage.Https(VantageLab.named(name), path);
  }
}
