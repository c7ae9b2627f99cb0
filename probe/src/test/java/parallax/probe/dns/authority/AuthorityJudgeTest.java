package parallax.probe.dns.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.wire.Heard;
import parallax.probe.dns.wire.Heard.Failure;

/** What follows from what the servers of a zone said. */
final class AuthorityJudgeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Name ZONE = Name.fromConstantString("example.test.");
  private static final Heard.Path UDP = new Heard.Path(false, false, false);
  private static final Heard.Path TCP = new Heard.Path(true, false, false);
  private static final AuthoritySpec STRICT =
      new AuthoritySpec(List.of(), true, Optional.of(new AuthoritySpec.Lag.Of(Duration.ZERO)));

  private static Name host(int number) {
    return Name.fromConstantString("ns" + number + ".example.test.");
  }

  private static InetAddress address(int number) {
    return InetAddress.ofLiteral("192.0.2." + number);
  }

  private static Visit visit(int number, Said said, Heard.Path path) {
    NameServer server = new NameServer(host(number), address(number));
    return new Visit(server, said, Duration.ofMillis(4), Optional.empty(), path);
  }

  private static Said answered(Name owner, int type, String data) {
    try {
      Record record = Record.fromString(owner, type, DClass.IN, 60, data, Name.root);
      return new Said.Answered(List.of(record), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Said soa(long serial) {
    return answered(ZONE, Type.SOA, "ns1.example.test. a.example.test. " + serial + " 600 60 9 9");
  }

  private static Said silent(Failure failure, Heard.Path path) {
    return new Said.Silent(failure, path, failure.name());
  }

  private static ServerEvidence server(int number, Said udp, Said tcp) {
    return new ServerEvidence(
        visit(number, udp, UDP),
        Optional.of(visit(number, tcp, TCP)),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static ServerEvidence server(int number, long serial) {
    return server(number, soa(serial), soa(serial));
  }

  /** With glue for as many servers. */
  private static ZoneEvidence zone(ServerEvidence... servers) {
    SortedMap<Name, List<InetAddress>> glue = new TreeMap<>();
    for (int number = 1; number <= servers.length; number++) {
      glue.put(host(number), List.of(address(number)));
    }
    Delegation delegation =
        new Delegation(ZONE, new TreeSet<>(glue.keySet()), glue, Collections.emptySortedSet());
    return new ZoneEvidence(delegation, Arrays.asList(servers));
  }

  private static Judgement judge(ZoneEvidence zone, AuthoritySpec spec) {
    SerialHistory history = SerialHistory.NONE.with(zone.serials(), START);
    return AuthorityJudge.judge(zone, spec, history, START);
  }

  @Test
  void serversThatAgreeAreWell() {
    assertThat(judge(zone(server(1, 7), server(2, 7)), STRICT).findings()).isEmpty();
  }

  @ParameterizedTest(name = "UDP {0}, TCP {1}: {2} {3}")
  @CsvSource({
    "TIMEOUT, , down, NAME_SERVERS_UDP_TIMEOUT",
    "TIMEOUT, TIMEOUT, down, NAME_SERVERS_TIMEOUT",
    "CLOSED_PORT, CLOSED_PORT, down, NAME_SERVERS_PORT_UNREACHABLE",
    "GARBAGE, , down, NAME_SERVERS_GARBAGE",
    "FORGED, , down, NAME_SERVERS_GARBAGE",
    "NETWORK_UNREACHABLE, NETWORK_UNREACHABLE, down, NAME_SERVERS_UNREACHABLE",
    "OVERLOADED, OVERLOADED, inconclusive, PROBE_OVERLOADED",
    ", TIMEOUT, degraded, NAME_SERVERS_TCP_TIMEOUT",
    ", CLOSED_PORT, degraded, NAME_SERVERS_TCP_REFUSED",
    ", RESET, degraded, NAME_SERVERS_TCP_RESET",
    ", OVERLOADED, up, ",
  })
  void eachTransportFailsWithAReasonOfItsOwn(
      Failure udp, Failure tcp, String outcome, Reason reason) {
    Said overUdp = Optional.ofNullable(udp).map(f -> silent(f, UDP)).orElse(soa(7));
    Said overTcp = Optional.ofNullable(tcp).map(f -> silent(f, TCP)).orElse(soa(7));
    Judgement judgement = judge(zone(server(1, overUdp, overTcp)), STRICT);
    assertThat(judgement.outcome().label()).isEqualTo(outcome);
    assertThat(judgement.reasons())
        .containsExactlyElementsOf(Optional.ofNullable(reason).stream().toList());
  }

  @Test
  void oneServerOfTwoIsPartialAndSaysHow() {
    Said refused = new Said.Lame(Said.Lame.Kind.REFUSED, "REFUSED");
    Judgement judgement = judge(zone(server(1, 7), server(2, refused, refused)), STRICT);
    assertThat(judgement.outcome().label()).isEqualTo("degraded");
    assertThat(judgement.reasons())
        .containsExactly(Reason.NAME_SERVERS_PARTIAL, Reason.NAME_SERVERS_REFUSED);
  }

  @Test
  void aServerThatDoesNotKnowEdnsIsNamed() {
    ServerEvidence old =
        new ServerEvidence(
            visit(1, soa(7), new Heard.Path(false, false, true)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    assertThat(judge(zone(old), STRICT).reasons()).containsExactly(Reason.NAME_SERVERS_NO_EDNS);
  }

  @Test
  void aServerIsBehindOnlyAfterTheBoundAndAcrossTheWrap() {
    ZoneEvidence zone = zone(server(1, 3), server(2, 4_294_967_290L));
    SerialHistory history = SerialHistory.NONE.with(zone.serials(), START);
    AuthoritySpec usual = AuthoritySpec.ofZone();
    Instant early = START.plus(Duration.ofMinutes(14));
    Instant late = START.plus(Duration.ofMinutes(15));
    assertThat(AuthorityJudge.judge(zone, usual, history, early).findings()).isEmpty();
    Judgement judgement = AuthorityJudge.judge(zone, usual, history, late);
    assertThat(judgement.reasons()).containsExactly(Reason.NAME_SERVERS_SERIAL_LAG);
    assertThat(judgement.outcome().why().orElseThrow().detail())
        .contains("ns2.example.test.", "4294967290, not 3", "since 900 s");
  }

  @Test
  void theBoundMayBeTheRefreshOfTheZoneOrSerialsMayNotCount() {
    ZoneEvidence zone = zone(server(1, 8), server(2, 7));
    SerialHistory history = SerialHistory.NONE.with(zone.serials(), START);
    AuthoritySpec refresh =
        new AuthoritySpec(List.of(), true, Optional.of(new AuthoritySpec.Lag.OfRefresh()));
    AuthoritySpec never = new AuthoritySpec(List.of(), true, Optional.empty());
    Instant at = START.plusSeconds(600);
    assertThat(AuthorityJudge.judge(zone, refresh, history, at.minusSeconds(1)).findings())
        .isEmpty();
    assertThat(AuthorityJudge.judge(zone, refresh, history, at).reasons())
        .containsExactly(Reason.NAME_SERVERS_SERIAL_LAG);
    assertThat(AuthorityJudge.judge(zone, never, history, at.plusSeconds(99_999)).findings())
        .isEmpty();
  }

  @Test
  void serversAndAddressesOtherThanTheParentsAreMismatches() {
    Said ns = answered(ZONE, Type.NS, "ns9.example.test.");
    Said moved = answered(host(1), Type.A, "192.0.2.99");
    ServerEvidence server =
        new ServerEvidence(
            visit(1, soa(7), UDP),
            Optional.empty(),
            Optional.of(visit(1, ns, UDP)),
            Optional.of(visit(1, moved, UDP)),
            List.of());
    assertThat(judge(zone(server), STRICT).reasons())
        .containsExactly(Reason.DELEGATION_NS_MISMATCH, Reason.DELEGATION_GLUE_MISMATCH);
  }

  @Test
  void whatIsDownHasNoServerThatServes() {
    Random random = new Random(20_261_123);
    for (int round = 0; round < 5_000; round++) {
      List<ServerEvidence> servers = new ArrayList<>();
      int count = 1 + random.nextInt(4);
      for (int number = 1; number <= count; number++) {
        servers.add(server(number, some(random), some(random)));
      }
      Judgement judgement = judge(zone(servers.toArray(ServerEvidence[]::new)), STRICT);
      boolean served = servers.stream().anyMatch(s -> s.soa().said() instanceof Said.Answered);
      boolean told = servers.stream().anyMatch(s -> !(s.soa().said() instanceof Said.NotAsked));
      String label = judgement.outcome().label();
      assertThat(label.equals("down")).as(servers.toString()).isEqualTo(!served && told);
    }
  }

  private static Said some(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> silent(Failure.TIMEOUT, UDP);
      case 1 -> new Said.Lame(Said.Lame.Kind.UPWARD, "up");
      case 2 -> new Said.NoSuchName();
      case 3 -> new Said.NotAsked(Said.NotAsked.Why.NO_ROUTE, "no route");
      default -> soa(1 + random.nextInt(3));
    };
  }
}
