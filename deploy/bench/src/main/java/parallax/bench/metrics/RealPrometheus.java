package parallax.bench.metrics;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Prometheus that scrapes a page again and again, and says what it made of it. */
final class RealPrometheus implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many looks are made at most until enough was scraped. */
  private static final int MAX_LOOKS = 240;

  private static final long JUDGING_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private RealPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param program the path of Debian's prometheus
   * @param page what it is to scrape
   * @param every seconds
   */
  static RealPrometheus start(String program, URI page, int every, Path folder) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: %ds, scrape_timeout: %ds}
            scrape_configs:
              - job_name: parallax
                static_configs: [{targets: ["%s"]}]
            """
                .formatted(every, every, page.getAuthority()));
    Process process =
        new ProcessBuilder(
                program,
                "--config.file=" + config,
                "--enable-feature=exemplar-storage",
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new RealPrometheus(process, port);
  }

  /** Waits until it has scraped so often; whether it has. */
  boolean await(int scrapes) throws InterruptedException {
    for (int look = 0; look < MAX_LOOKS && process.isAlive(); look++) {
      if (ask("count_over_time(up[1h])").orElse(0) >= scrapes) {
        return true;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return false;
  }

  /** The one value that a query has; empty while it has none. */
  OptionalDouble ask(String query) throws InterruptedException {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .timeout(TIMEOUT)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return OptionalDouble.empty();
      }
      JsonArray found = new JsonObject(answer.body()).getJsonObject("data").getJsonArray("result");
      return found.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              Double.parseDouble(found.getJsonObject(0).getJsonArray("value").getString(1)));
    } catch (IOException e) {
      // It does not listen yet.
      return OptionalDouble.empty();
    }
  }

  /** What promtool finds in a page; empty when nothing. */
  static String judged(String promtool, Path page) throws IOException, InterruptedException {
    Process judge =
        new ProcessBuilder(List.of(promtool, "check", "metrics"))
            .redirectErrorStream(true)
            .redirectInput(page.toFile())
            .start();
    try (InputStream said = judge.getInputStream()) {
      String found = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = judge.waitFor(JUDGING_SECONDS, TimeUnit.SECONDS);
      return ended && judge.exitValue() == 0 ? found : found + " (failed)";
    } finally {
      judge.destroyForcibly();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
