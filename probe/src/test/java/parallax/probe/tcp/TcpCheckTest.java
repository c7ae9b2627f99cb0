package parallax.probe.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.net.NetworkPolicy;

class TcpCheckTest {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "two.test", List.of("127.0.0.9", "127.0.0.1"),
          "mixed.test", List.of("169.254.169.254", "127.0.0.1"),
          "metadata.test", List.of("169.254.169.254"));

  private static TcpSpec spec(String host, int port) {
    return new TcpSpec(new ServerAddress(host, port), Naming.SYSTEM, Duration.ofSeconds(2));
  }

  private static Reason reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason).orElseThrow();
  }

  @Test
  void connectsAndLeavesNothingOpen() {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(NAMES);
        RawServer server = new RawServer(RawServer.Peer::awaitEnd)) {
      CheckResult result = probe.run(spec("127.0.0.1", server.port()));
      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.layer()).isEqualTo(Layer.TCP);
      assertThat(result.timings().phases().keySet()).containsExactly(Phase.RESOLVE, Phase.CONNECT);
    }
  }

  @Test
  void saysConnectionRefused() {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(NAMES)) {
      CheckResult result = probe.run(spec("127.0.0.1", Programs.freePort()));
      assertThat(reason(result)).isEqualTo(Reason.CONNECTION_REFUSED);
      assertThat(result.layer()).isEqualTo(Layer.TCP);
    }
  }

  @Test
  void triesTheNextAddressWhenOneRefuses() {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(NAMES);
        RawServer server = new RawServer("127.0.0.1", RawServer.Peer::awaitEnd)) {
      CheckResult result = probe.run(spec("two.test", server.port()));
      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.facts().address()).contains("127.0.0.1");
    }
  }

  @Test
  void showsTheAddressThatTheReasonIsAbout() {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(NAMES)) {
      CheckResult result = probe.run(spec("two.test", Programs.freePort()));
      assertThat(reason(result)).isEqualTo(Reason.CONNECTION_REFUSED);
      assertThat(result.outcome().why().orElseThrow().detail()).isEqualTo("127.0.0.9");
      assertThat(result.facts().address()).contains("127.0.0.9");
    }
  }

  @Test
  void leavesForbiddenAddressesOut() {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(NAMES);
        RawServer server = new RawServer(RawServer.Peer::awaitEnd)) {
      assertThat(probe.run(spec("mixed.test", server.port())).facts().address())
          .contains("127.0.0.1");
      CheckResult refused = probe.run(spec("metadata.test", server.port()));
      assertThat(reason(refused)).isEqualTo(Reason.PROBE_ADDRESS_FORBIDDEN);
      assertThat(refused.outcome()).isInstanceOf(Outcome.Inconclusive.class);
    }
  }

  @Test
  void tellsAnUnknownNameFromAnUnreachableServer() {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(NAMES)) {
      CheckResult result = probe.run(spec("nowhere.test", 80));
      assertThat(reason(result)).isEqualTo(Reason.NXDOMAIN);
      assertThat(result.layer()).isEqualTo(Layer.DNS);
    }
  }

  @Test
  void refusesThisMachineWhenACoordinatorNamesIt() {
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(), List.of());
    try (LoopbackProbe probe = new LoopbackProbe(policy, NAMES, ipv6 -> true);
        RawServer server = new RawServer(RawServer.Peer::awaitEnd)) {
      assertThat(reason(probe.run(spec("127.0.0.1", server.port()))))
          .isEqualTo(Reason.PROBE_ADDRESS_FORBIDDEN);
      assertThat(server.accepted()).isZero();
    }
  }
}
