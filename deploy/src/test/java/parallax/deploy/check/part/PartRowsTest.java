package parallax.deploy.check.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.config.observation.seen.PartsSeen.Spent;

final class PartRowsTest {
  private static Part part(String name, int start, Optional<String> fault) {
    Spent spent =
        new Spent(
            Duration.ofMillis(4),
            Duration.ofMillis(6),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(10));
    return new Part(
        name,
        fault.isEmpty() ? Optional.of(200) : Optional.empty(),
        Duration.ofMillis(start),
        spent,
        Optional.of(12L),
        fault);
  }

  private static final PartsSeen SEEN =
      new PartsSeen(
          List.of(
              part("step 1 (log in)", 0, Optional.empty()),
              part(
                  "https://www.example.com/a/very/long/path/to/an/image.png",
                  50,
                  Optional.of("x"))),
          7);

  @Test
  void eachRequestHasALineThatBeginsWhereItBegan() {
    assertThat(PartRows.lines(SEEN))
        .containsExactly(
            "  ✔ step 1 (log in)                               200   50.0 ms  ░░░▒▒▒▓▓▓▓▓▓███",
            "  ✘ https://www.e…very/long/path/to/an/image.png    –   50.0 ms                "
                + " ░░░▒▒▒▓▓▓▓▓▓███",
            "  and 7 more",
            "  ░ name, connection  ▒ TLS  ▓ waiting  █ transfer");
  }

  @Test
  void machinesAreToldEveryPhase() {
    JsonObject json = PartRows.json(SEEN);
    assertThat(json.getInteger("more")).isEqualTo(7);
    assertThat(json.getJsonArray("parts").getJsonObject(1).encode())
        .isEqualTo(
            "{\"name\":\"https://www.example.com/a/very/long/path/to/an/image.png\","
                + "\"startMs\":50.0,\"resolveMs\":4.0,\"connectMs\":6.0,\"tlsMs\":10.0,"
                + "\"firstByteMs\":20.0,\"transferMs\":10.0,\"bytes\":12,\"fault\":\"x\"}");
  }
}
