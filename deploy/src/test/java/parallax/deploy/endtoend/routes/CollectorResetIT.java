package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector loses all its sessions, and has them again: nobody's trouble but its own. */
final class CollectorResetIT {
  private static final String PREFIX = "198.18.0.0/24";
  private static final Instant BEGIN = Instant.parse("2026-01-15T10:00:00Z");
  private static final Instant LOST = Instant.parse("2026-01-15T10:10:00Z");
  private static final Instant END = Instant.parse("2026-01-15T12:00:00Z");

  /** Longer than the looks take that a change of routes asks for. */
  private static final Duration CALM = Duration.ofSeconds(6);

  @TempDir Path folder;

  @Test
  void neitherIncidentNorMessageNorAnythingMissed() throws IOException {
    Map<String, String> targets =
        Map.of("steady", PastDay.url("steady.net") + ", bgp: {prefixes: [\"" + PREFIX + "\"]}");
    try (PastDay day = new PastDay(folder, "collector-reset", targets)) {
      day.awaitHeard("steady", List.of(PREFIX));
      awaitKnown(day, 24);

      day.say(BEGIN, LOST);
      awaitKnown(day, 12);
      staysCalm(day);

      day.say(LOST, END);
      awaitKnown(day, 24);
      staysCalm(day);
    }
  }

  private static void awaitKnown(PastDay day, int voters) {
    Awaitility.await(voters + " voters are known")
        .atMost(PastDay.WHILE)
        .untilAsserted(
            () ->
                assertThat(sight(day).getInteger("known"))
                    .as(sight(day).encode())
                    .isEqualTo(voters));
  }

  private static void staysCalm(PastDay day) {
    Awaitility.await("calm")
        .during(CALM)
        .atMost(PastDay.WHILE)
        .untilAsserted(
            () -> {
              assertThat(sight(day).getString("reach")).isIn("VISIBLE", "LOCAL_COLLECTOR");
              assertThat(day.gauge(PREFIX)).isEqualTo(1);
              assertThat(day.product().verdict("steady").getString("state")).isEqualTo("UP");
              assertThat(day.product().items("/api/v1/incidents")).isEmpty();
              assertThat(day.messages()).isEmpty();
            });
  }

  private static JsonObject sight(PastDay day) {
    return day.sights("steady").getOrDefault(PREFIX, new JsonObject());
  }
}
