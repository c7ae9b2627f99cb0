package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.check.ZoneSpec;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.authority.AuthorityJudge;
import parallax.probe.dns.authority.AuthorityRound;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.authority.SerialHistory;
import parallax.probe.dns.authority.ZoneEvidence;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.delegation.WalkJudge;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.walk.DelegationWalk;
import parallax.probe.dns.walk.RootHints;
import parallax.probe.dns.walk.WalkLimits;
import parallax.probe.dns.walk.WalkSettings;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.dns.zone.DelegationLook;
import parallax.probe.dns.zone.NameServersLook;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.dns.zone.ZoneLooks;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.keep.PublicLists;

/** The name system that {@code deploy/lab/names} starts, and a probe that looks at it. */
final class NameLab implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private static final Path SCRIPT = Path.of("lab/names").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final WalkLimits LIMITS =
      new WalkLimits(12, 60, Duration.ofSeconds(10), PATIENCE, 4);

  private final Path folder;
  private final String net;
  private final int port;
  private final Vertx vertx = Vertx.vertx();
  private final DnsExchange exchange = new DnsExchange(vertx);

  NameLab(Path folder) throws IOException {
    Stream.of("nsd", "unbound", "dig", "dnssec-signzone")
        .forEach(
            program ->
                Assumptions.assumeTrue(
                    Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                        .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
                    program + " is not installed"));
    this.folder = folder;
    // Runs beside each other have networks of their own: the resolver's servers share one port.
    this.net = "127." + (100 + ProcessHandle.current().pid() % 100);
    this.port = freePort();
    script("up", String.valueOf(port), net);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Runs the script to its end. */
  void script(String command, String... arguments) throws IOException {
    Files.createDirectories(folder);
    Path out = Files.createTempFile(folder, "script", ".out");
    List<String> line =
        Stream.concat(
                Stream.of(SCRIPT.toString(), command, folder.toString()), Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the script ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
  }

  /** An address of the lab that nobody uses yet. */
  InetSocketAddress at(String end) {
    return new InetSocketAddress(InetAddress.ofLiteral(net + "." + end), port);
  }

  boolean hasResolver() {
    return Files.exists(folder.resolve("resolver/pid"));
  }

  /** What the lab's resolver says. */
  Exchanged resolve(String name) {
    Question question = new Question(name(name), Type.A);
    return await(exchange.ask(at("0.53"), question, within(Duration.ofSeconds(8))));
  }

  Walk walk(String zone, Question question, WalkLimits limits) {
    try {
      RootHints roots = RootHints.in(folder.resolve("root.hints"));
      NetworkPolicy policy =
          NetworkPolicy.forProbe(List.of(Cidr.parse(net + ".0.0/16")), List.of());
      WalkSettings settings = new WalkSettings(roots, port, limits, policy, ipv6 -> !ipv6);
      return await(
          new DelegationWalk(vertx, exchange, settings)
              .walk(name(zone), question, within(Duration.ofSeconds(12))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Walk walk(String zone) {
    return walk(zone, new Question(name(zone), Type.SOA), LIMITS);
  }

  /** Walks to {@code zone}, asks its servers, and judges both as a probe does. */
  Judgement examine(String zone, Walk walk, AuthoritySpec spec) {
    Judgement delegation = WalkJudge.judge(walk, Approved.ANY, List.of());
    Optional<ZoneEvidence> evidence =
        await(
            new AuthorityRound(exchange, port, PATIENCE)
                .ask(walk, spec, within(Duration.ofSeconds(12))));
    return evidence
        .map(
            round -> {
              SerialHistory history = SerialHistory.NONE.with(round.serials(), NOW);
              return delegation.and(AuthorityJudge.judge(round, spec, history, NOW));
            })
        .orElse(delegation);
  }

  Judgement examine(String zone) {
    return examine(zone, walk(zone), AuthoritySpec.ofZone());
  }

  /** Options of commands that are to look at this lab instead of the internet. */
  List<String> options() {
    return List.of(
        "--root-hints",
        folder.resolve("root.hints").toString(),
        "--trust-anchors",
        folder.resolve("root.anchor").toString(),
        "--dns-port",
        String.valueOf(port));
  }

  /** What looks at zones as a probe does that was given the options. */
  ZoneLooks looks() {
    return looks(InstantSource.system());
  }

  /** The same by another clock. */
  ZoneLooks looks(InstantSource clock) {
    try {
      TrustAnchors.Read anchors =
          TrustAnchors.parse(Files.readString(folder.resolve("root.anchor")));
      NameSystem names =
          new NameSystem(
              RootHints.in(folder.resolve("root.hints")),
              ((TrustAnchors.Anchors) anchors).anchors(),
              port);
      NetworkPolicy policy = NetworkPolicy.forOperator(List.of(), List.of());
      return new ZoneLooks(
          new ZoneLooks.Ground(vertx, clock, exchange, policy, ipv6 -> !ipv6),
          names,
          PublicLists.in(Optional.empty()).suffixes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every reason that the looks at the zone of {@code host} find, whatever a check reports. */
  Set<String> reasons(String host, Duration patience) {
    ZoneLooks looks = looks();
    Optional<Duration> pace = Optional.empty();
    Dnssec dnssec = Dnssec.IF_SIGNED;
    DelegationLook parent =
        await(
            looks.delegation(
                new ZoneSpec.Delegation(host, dnssec, pace, patience), within(patience)));
    NameServersLook servers =
        await(
            looks.nameServers(
                new ZoneSpec.NameServers(
                    host, List.of("A"), new TreeMap<>(), dnssec, pace, patience),
                within(patience)));
    return parent.judgement().and(servers.judgement(SerialHistory.NONE)).reasons().stream()
        .map(Reason::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static CheckResult result(Future<CheckResult> check) {
    return await(check);
  }

  static Name name(String text) {
    return Question.nameOf(text).orElseThrow();
  }

  static Deadline within(Duration time) {
    return Deadline.startingNow(System::nanoTime, time);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still nothing after 20 s", e);
    }
  }

  @Override
  public void close() throws IOException {
    await(vertx.close());
    script("down");
  }
}
