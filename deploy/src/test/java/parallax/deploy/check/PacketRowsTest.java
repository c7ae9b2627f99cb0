package parallax.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.check.packet.NtpLimits;
import parallax.config.check.packet.Payload;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.ReachSeen;
import parallax.deploy.terminal.Style;
import parallax.probe.check.CheckResult;

class PacketRowsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ServerAddress SERVER = new ServerAddress("edge.example", 123);
  private static final PacketSpec ECHO =
      new PacketSpec.Echo(
          "edge.example", Echoes.DEFAULT, EchoLimits.DEFAULT, Naming.SYSTEM, TIMEOUT);
  private static final PacketSpec NTP =
      new PacketSpec.Ntp(SERVER, NtpLimits.DEFAULT, Naming.SYSTEM, TIMEOUT);

  private static List<String> lines(CheckSpec spec, CheckResult result) {
    return Waterfall.lines(Stack.rows(spec, result, Instant.EPOCH), Style.PLAIN).stream()
        .map(line -> line.replaceAll(" +", " ").replace("█", "").strip())
        .toList();
  }

  @Test
  void showsRepliesAndTheirTimes() {
    ReachSeen.RoundTrips times =
        new ReachSeen.RoundTrips(
            Duration.ofMillis(9), Duration.ofMillis(10), Duration.ofMillis(12), Duration.ZERO);
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.7")
            .withReach(ReachSeen.of(new ReachSeen.EchoesSeen(3, 2, Optional.of(times))));
    Timings timings = Timings.NONE.plus(Phase.CONNECT, Duration.ofMillis(10));
    assertThat(lines(ECHO, CheckResult.up(Layer.TCP, timings, facts)))
        .containsExactly("DNS ✔", "TCP ✔ 192.0.2.7, 2 of 3 replies, 9.00 ms to 12.0 ms 10.0 ms");
  }

  @Test
  void showsATimeServersClock() {
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.7")
            .withReach(
                ReachSeen.of(
                    new ReachSeen.ClockSeen(
                        Duration.ofMillis(-4),
                        2,
                        "192.0.2.1",
                        Duration.ofMillis(8),
                        Duration.ofMillis(20),
                        Optional.of("a leap second is announced"))));
    Timings timings = Timings.NONE.plus(Phase.FIRST_BYTE, Duration.ofMillis(8));
    assertThat(lines(NTP, CheckResult.up(Layer.HTTP, timings, facts)).getLast())
        .isEqualTo("HTTP ✔ stratum 2, behind by 4.00 ms, a leap second is announced 8.00 ms");
  }

  @Test
  void whatWasNotReachedTookNoTime() {
    Timings timings = Timings.NONE.plus(Phase.FIRST_BYTE, Duration.ofMillis(8));
    CheckResult closed =
        CheckResult.failed(
            Reason.UDP_PORT_UNREACHABLE, "192.0.2.7", Layer.TCP, timings, Facts.NONE);
    assertThat(lines(NTP, closed))
        .containsExactly("DNS ✔", "TCP ✘ UDP port unreachable: 192.0.2.7", "HTTP · not reached");
  }

  @Test
  void anAnswerIsALayerWhereOneIsExpected() {
    PacketSpec silent =
        new PacketSpec.Datagram(SERVER, Payload.USUAL, Optional.empty(), Naming.SYSTEM, TIMEOUT);
    Optional<Answer> answer = Optional.of(new Answer.Matching(Pattern.compile("OK")));
    PacketSpec speaking =
        new PacketSpec.Datagram(SERVER, Payload.USUAL, answer, Naming.SYSTEM, TIMEOUT);
    assertThat(Stack.layersOf(silent)).containsExactly(Layer.DNS, Layer.TCP);
    assertThat(Stack.layersOf(speaking)).containsExactly(Layer.DNS, Layer.TCP, Layer.CONTENT);
  }
}
