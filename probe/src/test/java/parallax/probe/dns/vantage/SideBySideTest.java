package parallax.probe.dns.vantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.dns.vantage.SideBySide.Written;
import parallax.probe.dns.vantage.Standing.State;
import parallax.probe.fixture.FixedResolver;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.TestAuthority;
import parallax.probe.net.Resolver;
import parallax.probe.tls.judge.TrustAnchors;

/** Several resolvers at a time, of which one is a real Unbound. */
final class SideBySideTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final Resolver NOBODY = new FixedResolver(Map.of());

  @TempDir private static Path folder;

  private static Optional<Unbound> unbound = Optional.empty();
  private static Optional<VantageLab> lab = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Programs.find("unbound").isPresent(), "needs the unbound program");
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/CN=Root");
    authority.server("root", "server", "IP:127.0.0.1");
    unbound = Optional.of(new Unbound(folder));
    lab = Optional.of(new VantageLab(new TrustAnchors(List.of(authority.certificate("root")))));
  }

  @AfterAll
  static void stop() {
    unbound.ifPresent(Unbound::close);
    lab.ifPresent(VantageLab::close);
  }

  @Test
  void theMachinesOwnComeFirstAndWhoIsNotFoundKeepsItsPlace() {
    Unbound server = unbound.orElseThrow();
    SideBySide side = side();
    List<Beside> rows =
        ask(
            side,
            side.system(),
            List.of(
                written("nowhere.test", 53, new Vantage.Udp()),
                written("127.0.0.1", server.plain().getPort(), new Vantage.Tcp()),
                written(
                    "127.0.0.1",
                    server.tls().getPort(),
                    new Vantage.Tls(VantageLab.named("127.0.0.1")))),
            source("192.0.2.1", "192.0.2.2"));
    assertThat(rows)
        .extracting(Beside::name)
        .containsExactly(
            "system 127.0.0.1:" + server.plain().getPort(),
            "nowhere.test",
            "127.0.0.1",
            "127.0.0.1");
    assertThat(rows.get(1))
        .isInstanceOfSatisfying(
            Beside.NotFound.class,
            row -> assertThat(row.why().reason()).isEqualTo(Reason.NXDOMAIN));
    assertThat(states(rows)).containsOnly(State.AGREES).hasSize(3);
  }

  @Test
  void whoSaysSomethingElseDiffers() {
    SideBySide side = side();
    assertThat(states(ask(side, side.system(), List.of(), source("192.0.2.77"))))
        .containsExactly(State.RESOLVER_DIFFERS);
  }

  @Test
  void whoIsSilentKeepsNobodyWaitingBeyondTheDeadline() {
    try (RawServer silent = new RawServer(RawServer.Peer::awaitEnd)) {
      SideBySide side = side();
      List<Beside> rows =
          ask(
              side,
              side.system(),
              List.of(written("127.0.0.1", silent.port(), new Vantage.Tcp())),
              source("192.0.2.1", "192.0.2.2"));
      assertThat(states(rows)).containsExactly(State.AGREES, State.RESOLVER_DOWN);
    }
  }

  private static SideBySide side() {
    return new SideBySide(
        lab.orElseThrow().vantages, NOBODY, () -> List.of(unbound.orElseThrow().plain()));
  }

  private static Written written(String host, int port, Vantage.Way way) {
    return new Written(host, new ServerAddress(host, port), way);
  }

  private static List<Beside> ask(
      SideBySide side, List<Vantage> first, List<Written> written, Source source) {
    try {
      return side.ask(first, written, source, NOW, Deadline.startingNow(System::nanoTime, TIMEOUT))
          .await(TIMEOUT.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("later than the deadline", e);
    }
  }

  private static List<State> states(List<Beside> rows) {
    return rows.stream()
        .filter(Beside.Asked.class::isInstance)
        .map(row -> ((Beside.Asked) row).standing().state())
        .toList();
  }

  private static Source source(String... addresses) {
    List<Record> records = List.of(addresses).stream().map(SideBySideTest::record).toList();
    return new Source(
        VantageLab.SHOP,
        Optional.of(VantageLab.SHOP.name()),
        Optional.of(new Said(Rcode.NOERROR, records, 300)),
        new TreeSet<>(),
        Optional.empty());
  }

  private static Record record(String address) {
    try {
      return Record.fromString(VantageLab.SHOP.name(), Type.A, DClass.IN, 300, address, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
