package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Product;

/**
 * 24 February 2008: AS17557 announces a part of what AS36561 announces, and who goes there gets no
 * answer.
 */
final class YoutubeIT {
  private static final String PREFIX = "208.65.152.0/22";
  private static final Instant BEGIN = Instant.parse("2008-02-24T18:00:00Z");
  private static final Instant TAKEN = Instant.parse("2008-02-24T19:00:00Z");
  private static final Instant BACK = Instant.parse("2008-02-24T22:00:00Z");

  @TempDir Path folder;

  @Test
  void oneIncidentOfTheForeignOriginAndItsEnd() throws IOException {
    Map<String, String> targets =
        Map.of("youtube", PastDay.url("youtube.com"), "control-a", PastDay.url("control-a.net"));
    try (PastDay day = new PastDay(folder, "youtube-20080224", targets)) {
      day.awaitHeard("youtube", List.of(PREFIX));
      takenAndBack(day);
    }
  }

  private static void takenAndBack(PastDay day) throws IOException {
    Product product = day.product();
    day.say(BEGIN, TAKEN);
    day.lab("darken");

    product.awaitDown("youtube", "BGP", PastDay.WHILE);
    Awaitility.await("told").atMost(PastDay.WHILE).until(() -> !day.messages().isEmpty());
    JsonArray open = day.open();
    assertThat(open).as(open.encode()).hasSize(1);
    JsonObject cause = open.getJsonObject(0).getJsonObject("cause");
    assertThat(cause.getString("code")).as(cause.encode()).isEqualTo("ROUTE_FOREIGN_ORIGIN");
    assertThat(cause.getString("culprit")).isEqualTo("prefix:" + PREFIX);
    assertThat(cause.getString("detail")).contains(PREFIX, "AS17557");
    assertThat(open.getJsonObject(0).getJsonArray("targets")).containsExactly("youtube");
    assertThat(product.verdict("control-a").getString("state")).isEqualTo("UP");
    assertThat(day.gauge(PREFIX)).as("nothing of it is missed").isEqualTo(1);

    day.lab("speak");
    day.say(TAKEN, BACK);
    product.awaitState("youtube", "UP", PastDay.WHILE);
    Awaitility.await("over").atMost(PastDay.WHILE).until(() -> day.open().isEmpty());
    Awaitility.await("both are told").atMost(PastDay.WHILE).until(() -> day.messages().size() >= 2);
    assertThat(day.messages()).hasSize(2);
    JsonObject told = day.messages().getFirst().getJsonObject("incident").getJsonObject("cause");
    assertThat(told.getString("layer")).isEqualTo("BGP");
  }
}
