package parallax.deploy.endtoend.routes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Webhook;

/**
 * A day of the past: its routes as they were, told by collectors when the test says so, and names
 * that stand on them, in a network namespace; the product watches it.
 */
final class PastDay implements AutoCloseable {
  static final Duration WHILE = Duration.ofSeconds(60);

  private static final Path DATA = Path.of("../../shared/data/bgp/scenarios");

  private final FacebookLab lab;
  private final Collectors collectors;
  private final Webhook webhook;
  private final Product product;

  /**
   * Starts it.
   *
   * @param scenario the files of its routes begin with that
   * @param targets each with what is said of it, see {@link #url}
   */
  PastDay(Path folder, String scenario, Map<String, String> targets) throws IOException {
    Path feed = DATA.resolve(scenario + ".rislive.ndjson.gz");
    Assumptions.assumeTrue(Files.exists(feed), "no sample data");
    lab = new FacebookLab(folder.resolve("lab"));
    collectors = new Collectors(lab.host(), feed);
    webhook = new Webhook(lab.host());
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, configuration(scenario, targets));
    product =
        Product.up(
            lab.inside(), config, folder.resolve("data"), folder.resolve("up.log"), lab.options());
  }

  private String configuration(String scenario, Map<String, String> targets) {
    String tables =
        Stream.of("rrc00", "rrc24")
            .map(collector -> DATA.resolve(scenario + "." + collector + ".bview.mrt.gz"))
            .map(table -> "\"" + table.toAbsolutePath() + "\"")
            .collect(joining(", "));
    String listed =
        targets.entrySet().stream()
            .map(one -> "  - {name: " + one.getKey() + ", " + one.getValue() + "}")
            .collect(joining("\n"));
    return """
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
      tables: [%s]
    targets:
    %s
    """
        .formatted(webhook.url(), collectors.url(), tables, listed);
  }

  /** Of a target with this host. */
  static String url(String host) {
    return "url: \"http://" + host + "/\"";
  }

  Product product() {
    return product;
  }

  List<JsonObject> messages() {
    return webhook.messages();
  }

  /** Tells what was said in this time. */
  void say(Instant from, Instant to) {
    collectors.say(from, to);
  }

  /** What {@code deploy/lab/facebook} does. */
  void lab(String command) throws IOException {
    lab.script(command);
  }

  /** Waits until the target is up and its routes are known and listened for. */
  void awaitHeard(String target, List<String> prefixes) {
    product.awaitState(target, "UP", WHILE);
    Awaitility.await("routes are known")
        .atMost(WHILE)
        .untilAsserted(() -> assertThat(sights(target).keySet()).containsAll(prefixes));
    Awaitility.await("routes are listened for")
        .atMost(WHILE)
        .untilAsserted(() -> assertThat(collectors.wanted()).containsAll(prefixes));
  }

  /** How a target's routes are seen, by prefix; without those of which that is not known. */
  Map<String, JsonObject> sights(String target) {
    JsonArray routes =
        new JsonObject(product.get("/api/v1/targets/" + target).body()).getJsonArray("routes");
    return IntStream.range(0, routes.size())
        .mapToObj(routes::getJsonObject)
        .filter(route -> route.getJsonObject("sight") != null)
        .collect(
            toMap(
                route -> route.getString("prefix"),
                route -> route.getJsonObject("sight"),
                (one, _) -> one));
  }

  /** Incidents that are not over. */
  JsonArray open() {
    return product.items("/api/v1/incidents?state=open");
  }

  /** How much of a prefix is shown to be seen. */
  double gauge(String prefix) {
    return metric("parallax_bgp_visibility_ratio{prefix=\"" + prefix + "\"} ").orElse(Double.NaN);
  }

  Optional<Double> metric(String name) {
    return product
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    product.close();
    webhook.close();
    collectors.close();
    lab.close();
  }
}
