package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics as Prometheus' own tools see them. */
final class PrometheusIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void promtoolFindsNothingAndARealPrometheusAnswersAQuery() throws Exception {
    String promtool = Programs.require("promtool");
    String prometheus = Programs.require("prometheus");
    int web = Programs.freePort();
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        version: 1
        defaults: {interval: 1s}
        targets:
          - {name: shop, url: "http://127.0.0.1:%d/"}
          - {name: gone, url: "tcp://127.0.0.1:1"}
        """
            .formatted(web));
    String server = "server { listen 127.0.0.1:%d; location / { return 200 ok; } }".formatted(web);
    try (Nginx nginx = Nginx.start(folder.resolve("nginx"), web, server);
        Product product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"))) {
      assertThat(nginx).isNotNull();
      product.awaitState("shop", "UP", WHILE);
      product.awaitState("gone", "DOWN", WHILE);

      Path page = Files.writeString(folder.resolve("metrics"), product.get("/metrics").body());
      Programs.Ran judged =
          Programs.runAnyhow(List.of("sh", "-c", "exec " + promtool + " check metrics < " + page));
      assertThat(judged.output()).isEmpty();
      assertThat(judged.exit()).isZero();

      int port = Programs.freePort();
      Process scraper = scraper(prometheus, port, product.port());
      try {
        Programs.awaitListening(port);
        awaitSample(port, "parallax_target_up{target=\"shop\"}", "1");
        awaitSample(port, "parallax_target_up{target=\"gone\"}", "0");
        awaitSample(port, "parallax_target_state{target=\"gone\",state=\"DOWN\"}", "1");
        awaitSample(port, "parallax_config_last_reload_successful", "1");
      } finally {
        Programs.kill(scraper);
      }
    }
  }

  private Process scraper(String prometheus, int port, int product) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: parallax
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(product));
    return Programs.start(
        folder.resolve("prometheus.log"),
        List.of(
            prometheus,
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port));
  }

  private static void awaitSample(int port, String query, String value) {
    Awaitility.await(query)
        .atMost(WHILE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(sample(port, query)).isEqualTo(value));
  }

  private static String sample(int port, String query) throws Exception {
    String encoded = java.net.URLEncoder.encode(query, java.nio.charset.StandardCharsets.UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return new JsonObject(answer)
          .getJsonObject("data")
          .getJsonArray("result")
          .getJsonObject(0)
          .getJsonArray("value")
          .getString(1);
    }
  }
}
