package parallax.probe.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.fixture.Programs;

/** On ways that lose packets, in a network of its own; the rules are those of nftables. */
class EchoNamespaceTest {
  private static final long MAX_WAIT_SECONDS = 60;

  private static final String UP = "ip link set lo up && ";
  private static final String UNPRIVILEGED = UP + "sysctl -qw net.ipv4.ping_group_range='0 0' && ";
  private static final String CHAIN =
      "nft add table inet t && nft add chain inet t i '{ type filter hook input priority 0; }' && ";

  @TempDir Path folder;

  @BeforeEach
  void needsNamespaces() throws Exception {
    assumeTrue(Programs.find("nft").isPresent(), "needs the nft program");
    assumeTrue(run(UNPRIVILEGED + "true") == 0, "no network of its own");
  }

  private int run(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("unshare", "-Urn", "sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertThat(process.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** What one look says there. */
  private String look(String before, String arguments) throws IOException, InterruptedException {
    return look(before, arguments, "");
  }

  private String look(String before, String arguments, String under)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "exec %s %s -XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED -cp '%s' %s %s"
            .formatted(
                under,
                java,
                System.getProperty("java.class.path"),
                EchoMain.class.getName(),
                arguments);
    int code = run(before + command);
    String said = Files.readString(folder.resolve("said"));
    assertThat(code).as(said).isZero();
    return said.lines()
        .filter(line -> line.startsWith("look: "))
        .map(line -> line.substring("look: ".length()))
        .collect(Collectors.joining("\n"));
  }

  private static String dropEveryFifth() {
    return CHAIN + "nft add rule inet t i icmp type echo-reply numgen inc mod 5 0 drop && ";
  }

  @Test
  void findsAFifthLostWithoutPrivileges() throws Exception {
    String looks = "127.0.0.1 50 5 10 50 56 127.0.0.1 50 5 21 50 56 127.0.0.1 50 5 10 20 56";
    assertThat(look(UNPRIVILEGED + dropEveryFifth(), looks).lines())
        .containsExactly(
            "degraded ECHO_LOSS 40/50 127.0.0.1, 10 of 50 (20%)",
            "up - 40/50", "down ECHO_LOSS 40/50 127.0.0.1, 10 of 50 (20%)");
  }

  @Test
  void findsAFifthLostOverARawSocket() throws Exception {
    assertThat(look(UP + dropEveryFifth(), "127.0.0.1 20 10 10 50 0"))
        .isEqualTo("degraded ECHO_LOSS 16/20 127.0.0.1, 4 of 20 (20%)");
  }

  /**
   * In a new network nobody may have the socket that needs no rights, as the test without any
   * shows: what works then is the raw one.
   */
  private static final String RIGHT_TO_RAW_SOCKETS =
      "setpriv --bounding-set=-all,+net_raw --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw";

  @Test
  void isUpOverARawSocketByTheOneRightThatItNeeds() throws Exception {
    assumeTrue(run(UP + RIGHT_TO_RAW_SOCKETS + " true") == 0, "needs the setpriv program");
    String looks = "127.0.0.1 5 10 50 500 56 ::1 5 10 50 500 56 127.0.0.1 2 10 50 500 1400";
    assertThat(look(UP, looks, RIGHT_TO_RAW_SOCKETS).lines())
        .containsExactly("up - 5/5", "up - 5/5", "up - 2/2");
  }

  @Test
  void isDownOverARawSocketWhereNothingComesBack() throws Exception {
    assumeTrue(run(UP + RIGHT_TO_RAW_SOCKETS + " true") == 0, "needs the setpriv program");
    String none =
        CHAIN
            + "nft add rule inet t i icmp type echo-request drop && "
            + "nft add rule inet t i icmpv6 type echo-request drop && ";
    assertThat(
            look(UP + none, "127.0.0.1 3 10 50 100 56 ::1 3 10 50 100 56", RIGHT_TO_RAW_SOCKETS)
                .lines())
        .containsExactly(
            "down ECHO_TIMEOUT 0/3 127.0.0.1, 3 requests", "down ECHO_TIMEOUT 0/3 ::1, 3 requests");
  }

  @Test
  void isDownWhereNothingComesBack() throws Exception {
    String none = CHAIN + "nft add rule inet t i icmp type echo-request drop && ";
    assertThat(look(UNPRIVILEGED + none, "127.0.0.1 3 10 50 100 56"))
        .isEqualTo("down ECHO_TIMEOUT 0/3 127.0.0.1, 3 requests");
  }

  @Test
  void saysAtOnceWhatARouterSays() throws Exception {
    for (String before : new String[] {UP, UNPRIVILEGED}) {
      String refusing =
          CHAIN
              + "nft add rule inet t i icmp type echo-request reject with icmp"
              + " type admin-prohibited && "
              + "nft add rule inet t i icmpv6 type echo-request reject with icmpv6"
              + " type no-route && ";
      assertThat(look(before + refusing, "127.0.0.1 2 10 50 100 56 ::1 2 10 50 100 56").lines())
          .containsExactly(
              "down HOST_UNREACHABLE 0/2 127.0.0.1: communication prohibited, says 127.0.0.1",
              "down NETWORK_UNREACHABLE 0/2 ::1: no route to the network, says ::1");
    }
  }

  @Test
  void isItsOwnTroubleWhereNobodyMaySendEchoes() throws Exception {
    String without = "setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all";
    assumeTrue(run(UP + without + " true") == 0, "needs the setpriv program");
    assertThat(look(UP, "127.0.0.1 1 10 50 100 56", without))
        .startsWith("inconclusive PROBE_NOT_CONFIGURED 0/0 ICMP is not allowed here: let");
  }
}
