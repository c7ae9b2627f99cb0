package parallax.probe.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.fixture.Programs;

/** Three routers in a row and a server behind them, in networks of their own. */
class TraceNamespaceTest {
  private static final long MAX_WAIT_SECONDS = 60;

  /** The probe is 10.1.0.1, the routers 10.N.0.2, and the server behind the third 10.4.0.2. */
  private static final String NETWORK =
      """
      set -e
      export PATH=$PATH:/usr/sbin:/sbin
      mount -t tmpfs none /run
      ip link set lo up
      # Without an address of the link that is no longer tentative nobody finds its neighbours.
      sysctl -qw net.ipv6.conf.default.accept_dad=0
      for r in r1 r2 r3 s; do
        ip netns add $r
        ip -n $r link set lo up
        ip netns exec $r sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
        # What one trace asks for must not count against the next one.
        ip netns exec $r sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
        ip netns exec $r sysctl -qw net.ipv6.conf.default.accept_dad=0
      done
      # Number, where from (empty: here), where to.
      join() {
        ip link add a$1 type veth peer name b$1
        if [ -n "$2" ]; then ip link set a$1 netns $2; from="-n $2"; else from=; fi
        ip link set b$1 netns $3
        ip $from addr add 10.$1.0.1/24 dev a$1
        ip $from addr add fd0$1::1/64 dev a$1 nodad
        ip $from link set a$1 up
        ip -n $3 addr add 10.$1.0.2/24 dev b$1
        ip -n $3 addr add fd0$1::2/64 dev b$1 nodad
        ip -n $3 link set b$1 up
        ip -n $3 route add default via 10.$1.0.1
        ip -n $3 route add default via fd0$1::1
      }
      join 1 '' r1
      join 2 r1 r2
      join 3 r2 r3
      join 4 r3 s
      # Where: forward to the networks behind the next router.
      for far in 2 3 4; do ip route add 10.$far.0.0/24 via 10.1.0.2; ip route add fd0$far::/64 via fd01::2; done
      for far in 3 4; do
        ip -n r1 route add 10.$far.0.0/24 via 10.2.0.2
        ip -n r1 route add fd0$far::/64 via fd02::2
      done
      ip -n r2 route add 10.4.0.0/24 via 10.3.0.2
      ip -n r2 route add fd04::/64 via fd03::2
      """;

  private static final String UNPRIVILEGED = "sysctl -qw net.ipv4.ping_group_range='0 0'\n";

  private static final String WITHOUT =
      "setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all";

  @TempDir Path folder;

  @BeforeEach
  void needsNamespaces() throws Exception {
    assumeTrue(Programs.find("nft").isPresent(), "needs the nft program");
    assumeTrue(Programs.find("ip").isPresent(), "needs the ip program");
    assumeTrue(run(NETWORK) == 0, "no networks of its own");
  }

  private int run(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("unshare", "-Urnm", "sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertThat(process.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> trace(String before, String... addresses) throws Exception {
    return trace(before, "", addresses);
  }

  private List<String> trace(String before, String under, String[] addresses) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "exec %s %s -XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED -cp '%s' %s %s"
            .formatted(
                under,
                java,
                System.getProperty("java.class.path"),
                TraceMain.class.getName(),
                String.join(" ", addresses));
    int code = run(NETWORK + before + command);
    String said = Files.readString(folder.resolve("said"));
    assertThat(code).as(said).isZero();
    return said.lines()
        .filter(line -> line.startsWith("trace: "))
        .map(line -> line.substring("trace: ".length()))
        .toList();
  }

  /** A rule of a router's firewall, in a chain of a hook. */
  private static String rule(String router, String hook, String rule) {
    String in = "ip netns exec " + router + " nft ";
    return in
        + "add table inet t\n"
        + in
        + "add chain inet t c '{ type filter hook "
        + hook
        + " priority 0; }'\n"
        + in
        + "add rule inet t c "
        + rule
        + "\n";
  }

  @Test
  void namesEveryRouterWithoutPrivileges() throws Exception {
    assertThat(trace(UNPRIVILEGED, "10.4.0.2", "fd04::2", "10.1.0.2"))
        .containsExactly(
            "10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED",
            "fd01::2 fd02::2 fd03::2 fd04::2 ARRIVED",
            "10.1.0.2 ARRIVED");
  }

  @Test
  void namesEveryRouterOverARawSocket() throws Exception {
    assertThat(trace("", "10.4.0.2", "fd04::2"))
        .containsExactly(
            "10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED",
            "fd01::2 fd02::2 fd03::2 fd04::2 ARRIVED");
  }

  @Test
  void endsWhereNobodyAnswersAnyMore() throws Exception {
    String lost = rule("r3", "forward", "drop");
    assertThat(trace(UNPRIVILEGED + lost, "10.4.0.2"))
        .containsExactly("10.1.0.2 10.2.0.2 10.3.0.2 SILENT");
  }

  @Test
  void endsWhereARouterSaysThatThereIsNoWay() throws Exception {
    String cut = "ip -n r2 route del 10.4.0.0/24\nip -n r2 route add unreachable 10.4.0.0/24\n";
    assertThat(trace(UNPRIVILEGED + cut, "10.4.0.2"))
        .containsExactly("10.1.0.2 10.2.0.2 UNREACHABLE");
    String refused = rule("r2", "forward", "reject with icmpx type admin-prohibited");
    assertThat(trace(UNPRIVILEGED + refused, "10.4.0.2"))
        .containsExactly("10.1.0.2 10.2.0.2 UNREACHABLE");
  }

  @Test
  void aRouterThatSaysNothingLeavesAGap() throws Exception {
    String silent = rule("r2", "output", "icmp type time-exceeded drop");
    assertThat(trace(UNPRIVILEGED + silent, "10.4.0.2"))
        .containsExactly("10.1.0.2 * 10.3.0.2 10.4.0.2 ARRIVED");
  }

  private List<String> traceWithoutRights(String before, String... addresses) throws Exception {
    assumeTrue(run(WITHOUT + " true") == 0, "needs the setpriv program");
    return trace(before, WITHOUT, addresses);
  }

  @Test
  void connectionsNameEveryRouterAndNeedNoRights() throws Exception {
    assertThat(traceWithoutRights("", "10.4.0.2/80", "fd04::2/80", "10.1.0.2/80"))
        .containsExactly(
            "10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED",
            "fd01::2 fd02::2 fd03::2 fd04::2 ARRIVED",
            "10.1.0.2 ARRIVED");
  }

  @Test
  void connectionsEndWhereTheyAreLostThoughEchoesAreNot() throws Exception {
    String lost = rule("r3", "forward", "tcp dport 443 drop");
    assertThat(trace(UNPRIVILEGED + lost, "10.4.0.2/443", "fd04::2/443", "10.4.0.2/80", "10.4.0.2"))
        .containsExactly(
            "10.1.0.2 10.2.0.2 10.3.0.2 SILENT",
            "fd01::2 fd02::2 fd03::2 SILENT",
            "10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED",
            "10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED");
  }

  @Test
  void connectionsEndWhereARouterSaysThatTheyMayNotPass() throws Exception {
    String refused = rule("r2", "forward", "tcp dport 443 reject with icmpx type admin-prohibited");
    assertThat(traceWithoutRights(refused, "10.4.0.2/443", "fd04::2/443", "10.4.0.2/25"))
        .containsExactly(
            "10.1.0.2 10.2.0.2 UNREACHABLE",
            "fd01::2 fd02::2 UNREACHABLE",
            "10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED");
    // Connections end in the same way as where nobody listens: what counts is who says so.
    String closed = rule("r2", "forward", "tcp dport 80 reject with icmpx type port-unreachable");
    assertThat(traceWithoutRights(closed, "10.4.0.2/80"))
        .containsExactly("10.1.0.2 10.2.0.2 UNREACHABLE");
  }

  @Test
  void aRouterThatSaysNothingLeavesAGapForConnections() throws Exception {
    String silent = rule("r2", "output", "icmp type time-exceeded drop");
    assertThat(traceWithoutRights(silent, "10.4.0.2/80"))
        .containsExactly("10.1.0.2 * 10.3.0.2 10.4.0.2 ARRIVED");
  }

  /** All of it is lost on the way out: echoes are asked where connections say nothing at all. */
  @Test
  void echoesTellWhatConnectionsDoNot() throws Exception {
    String lost =
        """
        nft add table inet t
        nft add chain inet t c '{ type filter hook output priority 0; }'
        nft add rule inet t c tcp dport 443 drop
        """;
    assertThat(trace(UNPRIVILEGED + lost, "10.4.0.2/443"))
        .containsExactly("10.1.0.2 10.2.0.2 10.3.0.2 10.4.0.2 ARRIVED");
  }

  @Test
  void isNothingWhereNobodyMaySendEchoes() throws Exception {
    assertThat(traceWithoutRights("", "10.4.0.2")).containsExactly("nothing");
  }
}
