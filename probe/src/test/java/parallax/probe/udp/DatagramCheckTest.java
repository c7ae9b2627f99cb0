package parallax.probe.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckSpec.PacketSpec.Datagram;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.UdpServer;

class DatagramCheckTest {
  private final LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of());

  @AfterEach
  void close() {
    probe.close();
  }

  private CheckResult run(int port, Payload send, Optional<Answer> expect, Duration timeout) {
    return probe.run(
        new Datagram(new ServerAddress("127.0.0.1", port), send, expect, Naming.SYSTEM, timeout));
  }

  private CheckResult run(int port, String send, Answer expect) {
    return run(
        port, new Payload(Secret.of(send), false), Optional.of(expect), Duration.ofMillis(600));
  }

  private static Optional<Reason> reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason);
  }

  @Test
  void isUpWhenTheAnswerIsAsExpected() {
    try (UdpServer echo = new UdpServer(Optional::of)) {
      CheckResult result =
          run(echo.port(), "ping\n", new Answer.Matching(Pattern.compile("^ping$|^ping\n$")));
      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.layer()).isEqualTo(Layer.CONTENT);
      assertThat(result.facts().bodyBytes()).contains(5L);
      assertThat(result.timings().of(Phase.CONNECT)).isPresent();
    }
  }

  @Test
  void sendsAndExpectsBytes() {
    try (UdpServer echo = new UdpServer(Optional::of)) {
      Payload bytes = new Payload(Secret.of("00ff10"), true);
      Duration timeout = Duration.ofMillis(600);
      Optional<Answer> right = Optional.of(new Answer.Beginning("00ff"));
      assertThat(run(echo.port(), bytes, right, timeout).outcome()).isEqualTo(Outcome.up());
      Optional<Answer> wrong = Optional.of(new Answer.Beginning("00ff1011"));
      CheckResult result = run(echo.port(), bytes, wrong, timeout);
      assertThat(reason(result)).contains(Reason.BODY_NO_MATCH);
      assertThat(result.outcome().why().map(Finding::detail))
          .contains("00ff1011 at the start of 00ff10");
    }
  }

  @Test
  void isDownWhenTheAnswerIsAnother() {
    try (UdpServer echo = new UdpServer(Optional::of)) {
      CheckResult result = run(echo.port(), "ping", new Answer.Matching(Pattern.compile("pong")));
      assertThat(reason(result)).contains(Reason.BODY_NO_MATCH);
      assertThat(result.layer()).isEqualTo(Layer.CONTENT);
    }
  }

  @Test
  void silenceIsDownWhereAnAnswerIsExpectedOnly() {
    try (UdpServer silent = new UdpServer(_ -> Optional.empty())) {
      CheckResult result = run(silent.port(), "ping", new Answer.Matching(Pattern.compile(".*")));
      assertThat(reason(result)).contains(Reason.UDP_NO_ANSWER);
      assertThat(result.layer()).isEqualTo(Layer.TCP);
      CheckResult unexpected =
          run(silent.port(), Payload.USUAL, Optional.empty(), Duration.ofMillis(600));
      assertThat(unexpected.outcome()).isEqualTo(Outcome.up());
      assertThat(unexpected.timings().of(Phase.CONNECT)).isEmpty();
    }
  }

  @Test
  void aClosedPortIsDownAtOnceWhetherOrNotAnAnswerIsExpected() {
    int port = UdpServer.freePort();
    for (Optional<Answer> expect :
        List.of(
            Optional.<Answer>empty(),
            Optional.<Answer>of(new Answer.Matching(Pattern.compile(".*"))))) {
      CheckResult result = run(port, Payload.USUAL, expect, Duration.ofSeconds(20));
      assertThat(reason(result)).contains(Reason.UDP_PORT_UNREACHABLE);
      assertThat(result.timings().total()).isLessThan(Duration.ofSeconds(5));
    }
  }
}
