package parallax.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.HttpSpec;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;

class HttpCheckTest {
  private final LoopbackProbe probe =
      LoopbackProbe.ofOperator(Map.of("shop.test", List.of("127.0.0.1")));

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void tellsWhatItSawOfAServerThatIsFine() {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              peer.awaitEnd();
            })) {
      HttpSpec spec = Specs.get("http://shop.test:" + server.port() + "/");
      CheckResult result = probe.run(Specs.body(spec, Specs.contains("ok")));

      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.layer()).isEqualTo(Layer.CONTENT);
      assertThat(result.facts().address()).contains("127.0.0.1");
      assertThat(result.facts().httpStatus()).contains(200);
      assertThat(result.facts().httpVersion()).contains("1.1");
      assertThat(result.facts().bodyBytes()).contains(2L);
      assertThat(result.timings().phases().keySet())
          .containsExactly(Phase.RESOLVE, Phase.CONNECT, Phase.FIRST_BYTE, Phase.TRANSFER);
      assertThat(Optional.of(server.accepted())).contains(1);
    }
  }
}
