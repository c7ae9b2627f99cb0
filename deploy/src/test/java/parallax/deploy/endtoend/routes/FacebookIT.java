package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Webhook;

/**
 * 4 October 2021, with the routes as they were, and name servers that stand on them: one incident,
 * its cause, and that it is over.
 */
final class FacebookIT {
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final Path DATA = Path.of("../../shared/data/bgp/scenarios");
  private static final Instant BEGIN = Instant.parse("2021-10-04T15:00:00Z");
  private static final Instant GONE = Instant.parse("2021-10-04T18:00:00Z");
  private static final Instant BACK = Instant.parse("2021-10-05T00:00:00Z");
  private static final List<String> VICTIMS = List.of("facebook", "instagram", "whatsapp");
  private static final List<String> SERVERS =
      List.of("129.134.30.0/24", "129.134.31.0/24", "185.89.218.0/24", "185.89.219.0/24");

  @TempDir Path folder;

  private FacebookLab lab;
  private Collectors collectors;
  private Webhook webhook;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    Path feed = DATA.resolve("facebook-20211004.rislive.ndjson.gz");
    Assumptions.assumeTrue(Files.exists(feed), "no sample data");
    lab = new FacebookLab(folder.resolve("lab"));
    collectors = new Collectors(lab.host(), feed);
    webhook = new Webhook(lab.host());
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, configuration());
    product =
        Product.up(
            lab.inside(), config, folder.resolve("data"), folder.resolve("up.log"), lab.options());
  }

  @AfterEach
  void stop() throws IOException {
    if (product != null) {
      product.close();
    }
    if (webhook != null) {
      webhook.close();
      collectors.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private String configuration() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        version: 1
        defaults:
          interval: 1s
          timeout: 2s
          dns: {walk: 1s, resolvers: ["127.0.0.1"]}
          registration: {watch: off}
        receivers:
          - {name: hook, webhook: {url: "%s"}}
        routes:
          - {to: [hook]}
        bgp:
          sources:
            - ris-live: {url: "%s"}
          tables: ["%s", "%s"]
        targets:
          - {name: facebook, url: "http://facebook.com/"}
          - {name: instagram, url: "http://instagram.com/"}
          - {name: whatsapp, url: "http://whatsapp.net/"}
        """
            .formatted(webhook.url(), collectors.url(), table("rrc00"), table("rrc24")));
    for (String letter : List.of("a", "b", "c", "d")) {
      text.append(
          "  - {name: control-%1$s, url: \"http://control-%1$s.net/\"}\n".formatted(letter));
    }
    return text.toString();
  }

  private static Path table(String collector) {
    return DATA.resolve("facebook-20211004." + collector + ".bview.mrt.gz").toAbsolutePath();
  }

  @Test
  void oneIncidentOfTheRoutesToTheNameServersAndItsEnd() throws IOException {
    VICTIMS.forEach(name -> product.awaitState(name, "UP", WHILE));
    Awaitility.await("routes are known")
        .atMost(WHILE)
        .untilAsserted(() -> assertThat(visible("facebook")).containsAll(SERVERS));
    Awaitility.await("routes are listened for")
        .atMost(WHILE)
        .untilAsserted(() -> assertThat(collectors.wanted()).containsAll(SERVERS));

    collectors.say(BEGIN, GONE);
    lab.script("silence");

    for (String name : VICTIMS) {
      product.awaitDown(name, "BGP", WHILE);
    }
    Awaitility.await("told").atMost(WHILE).until(() -> !webhook.messages().isEmpty());
    JsonArray open = product.items("/api/v1/incidents?state=open");
    assertThat(open).as(open.encode()).hasSize(1);
    JsonObject cause = open.getJsonObject(0).getJsonObject("cause");
    assertThat(cause.getString("layer")).isEqualTo("BGP");
    assertThat(cause.getString("code")).isEqualTo("ROUTE_WITHDRAWN");
    assertThat(cause.getString("culprit")).isEqualTo("asn:32934");
    assertThat(cause.getString("detail"))
        .contains("129.134.30.0/24", "a.ns.facebook.com", "185.89.218.0/24");
    assertThat(open.getJsonObject(0).getJsonArray("targets"))
        .containsExactlyInAnyOrderElementsOf(VICTIMS);
    for (String letter : List.of("a", "b", "c", "d")) {
      assertThat(product.verdict("control-" + letter).getString("state")).isEqualTo("UP");
    }
    JsonObject told =
        webhook.messages().getFirst().getJsonObject("incident").getJsonObject("cause");
    assertThat(told.getString("layer")).isEqualTo("BGP");
    assertThat(told.getString("culprit")).isEqualTo("asn:32934");
    Awaitility.await("shown").atMost(WHILE).until(() -> gauge("185.89.218.0/24") < 0.1);
    assertThat(gauge("129.134.0.0/17")).isNaN();

    lab.script("speak");
    collectors.say(GONE, BACK);
    VICTIMS.forEach(name -> product.awaitState(name, "UP", WHILE));
    Awaitility.await("over is told")
        .atMost(WHILE)
        .until(() -> product.items("/api/v1/incidents?state=open").isEmpty());
    Awaitility.await("both are told").atMost(WHILE).until(() -> webhook.messages().size() >= 2);
    assertThat(webhook.messages()).extracting(body -> body.getString("event")).hasSize(2);
    Awaitility.await("seen again").atMost(WHILE).until(() -> gauge("185.89.218.0/24") > 0.9);
  }

  private List<String> visible(String target) {
    JsonArray routes =
        new JsonObject(product.get("/api/v1/targets/" + target).body()).getJsonArray("routes");
    return IntStream.range(0, routes.size())
        .mapToObj(routes::getJsonObject)
        .filter(route -> route.getJsonObject("sight") != null)
        .map(route -> route.getString("prefix"))
        .toList();
  }

  private double gauge(String prefix) {
    String name = "parallax_bgp_visibility_ratio{prefix=\"" + prefix + "\"} ";
    return product
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElse(Double.NaN);
  }
}
