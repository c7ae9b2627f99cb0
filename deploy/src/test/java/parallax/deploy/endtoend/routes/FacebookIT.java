package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Product;

/**
 * 4 October 2021, with the routes as they were, and name servers that stand on them: one incident,
 * its cause, and that it is over.
 */
final class FacebookIT {
  private static final Duration WHILE = PastDay.WHILE;
  private static final Instant BEGIN = Instant.parse("2021-10-04T15:00:00Z");
  private static final Instant GONE = Instant.parse("2021-10-04T18:00:00Z");
  private static final Instant BACK = Instant.parse("2021-10-05T00:00:00Z");
  private static final List<String> VICTIMS = List.of("facebook", "instagram", "whatsapp");
  private static final List<String> CONTROLS =
      List.of("control-a", "control-b", "control-c", "control-d");
  private static final List<String> SERVERS =
      List.of("129.134.30.0/24", "129.134.31.0/24", "185.89.218.0/24", "185.89.219.0/24");

  @TempDir Path folder;

  @Test
  void oneIncidentOfTheRoutesToTheNameServersAndItsEnd() throws IOException {
    Map<String, String> targets = new TreeMap<>();
    VICTIMS.forEach(
        name -> targets.put(name, PastDay.url(name + ("whatsapp".equals(name) ? ".net" : ".com"))));
    CONTROLS.forEach(name -> targets.put(name, PastDay.url(name + ".net")));
    try (PastDay day = new PastDay(folder, "facebook-20211004", targets)) {
      goneAndBack(day);
    }
  }

  private static void goneAndBack(PastDay day) throws IOException {
    Product product = day.product();
    VICTIMS.forEach(name -> product.awaitState(name, "UP", WHILE));
    day.awaitHeard("facebook", SERVERS);

    day.say(BEGIN, GONE);
    day.lab("silence");

    for (String name : VICTIMS) {
      product.awaitDown(name, "BGP", WHILE);
    }
    Awaitility.await("told").atMost(WHILE).until(() -> !day.messages().isEmpty());
    JsonArray open = day.open();
    assertThat(open).as(open.encode()).hasSize(1);
    JsonObject cause = open.getJsonObject(0).getJsonObject("cause");
    assertThat(cause.getString("layer")).isEqualTo("BGP");
    assertThat(cause.getString("code")).isEqualTo("ROUTE_WITHDRAWN");
    assertThat(cause.getString("culprit")).isEqualTo("asn:32934");
    assertThat(cause.getString("detail"))
        .contains("129.134.30.0/24", "a.ns.facebook.com", "185.89.218.0/24");
    assertThat(open.getJsonObject(0).getJsonArray("targets"))
        .containsExactlyInAnyOrderElementsOf(VICTIMS);
    for (String control : CONTROLS) {
      assertThat(product.verdict(control).getString("state")).isEqualTo("UP");
    }
    JsonObject told = day.messages().getFirst().getJsonObject("incident").getJsonObject("cause");
    assertThat(told.getString("layer")).isEqualTo("BGP");
    assertThat(told.getString("culprit")).isEqualTo("asn:32934");
    Awaitility.await("shown").atMost(WHILE).until(() -> day.gauge("185.89.218.0/24") < 0.1);
    assertThat(day.gauge("129.134.0.0/17")).isNaN();

    day.lab("speak");
    day.say(GONE, BACK);
    VICTIMS.forEach(name -> product.awaitState(name, "UP", WHILE));
    Awaitility.await("over is told").atMost(WHILE).until(() -> day.open().isEmpty());
    Awaitility.await("both are told").atMost(WHILE).until(() -> day.messages().size() >= 2);
    assertThat(day.messages()).extracting(body -> body.getString("event")).hasSize(2);
    Awaitility.await("seen again").atMost(WHILE).until(() -> day.gauge("185.89.218.0/24") > 0.9);
  }
}
