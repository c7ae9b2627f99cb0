package parallax.deploy.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Programs;

/**
 * A real Prometheus scrapes a coordinator and four probes that watch the demo's internet, of which
 * a part is broken: every query of every dashboard has data, what was scraped is as promtool wants
 * it, probes are discovered, and an exemplar leads to its observation.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DashboardsIT {
  private static final Duration WHILE = Duration.ofMinutes(2);
  private static final Pattern VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  /** Queries that have no data in this world, and why. */
  private static final Map<String, String> WITHOUT =
      Map.of(
          "sort(bottomk(25, min by (target) (parallax_dnssec_signature_expiry_timestamp_seconds)"
              + " - time()))",
          "no zone of the demo is signed");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private String promtool = "";
  private String prometheus = "";
  private int port;

  @BeforeEach
  void require() {
    promtool = Programs.require("promtool");
    prometheus = Programs.require("prometheus");
    port = Programs.freePort();
  }

  @AfterEach
  void stop() {
    for (Process process : started.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    client.close();
  }

  @Test
  void everyQueryOfEveryDashboardHasDataInARealPrometheus() throws Exception {
    Process demo = demo();
    Thread.ofVirtual().name("demo-output").start(() -> listen(demo));
    try (BufferedWriter menu = demo.outputWriter()) {
      List<URI> pages =
          Arrays.stream(until("Metrics: ").substring("Metrics: ".length()).split(" "))
              .map(URI::create)
              .toList();
      assertThat(pages).hasSize(5);
      scrape(pages);
      until("  q  quit");
      menu.write("3\n");
      menu.flush();
      until("VERDICT   fastly");

      pages.forEach(this::promtoolFindsNothing);
      SortedMap<String, String> missing = new TreeMap<>();
      Awaitility.await("data for every query")
          .atMost(WHILE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(
              () -> {
                missing.clear();
                queries(missing);
                assertThat(missing).isEmpty();
              });
      allAreDiscovered();
      anExemplarLeadsToItsObservation(pages.getFirst());
    }
  }

  private Process demo() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            "parallax.deploy.ParallaxMain",
            "demo",
            "--listen",
            "127.0.0.1:0");
    Process demo = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(demo);
    return demo;
  }

  /** Takes in all that the demo says, so that it never waits for a reader. */
  private void listen(Process demo) {
    try (BufferedReader out = demo.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      said.add("the demo's output broke off: " + e);
    }
  }

  /** The line that begins so, once it was said. */
  private String until(String beginning) {
    return Awaitility.await("'" + beginning + "'")
        .atMost(WHILE)
        .until(
            () -> said.stream().filter(line -> line.startsWith(beginning)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void scrape(List<URI> pages) throws IOException {
    String probes =
        String.join(
            ", ",
            pages.subList(1, pages.size()).stream()
                .map(page -> '"' + page.getAuthority() + '"')
                .toList());
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 2s, external_labels: {parallax: "%1$s"}}
            rule_files: ["%2$s"]
            scrape_configs:
              - job_name: parallax
                static_configs: [{targets: ["%3$s"]}]
              - job_name: parallax-probes
                static_configs: [{targets: [%4$s]}]
              - job_name: discovered
                http_sd_configs:
                  - {url: "%1$s/api/v1/discovery/prometheus?role=probe", refresh_interval: 2s}
                relabel_configs:
                  - {source_labels: [__meta_parallax_probe], target_label: probe}
              - job_name: coordinators
                http_sd_configs:
                  - {url: "%1$s/api/v1/discovery/prometheus?role=coordinator", refresh_interval: 2s}
              - job_name: on-demand
                metrics_path: /probe
                http_sd_configs:
                  - {url: "%1$s/api/v1/discovery/prometheus?role=target", refresh_interval: 2s}
                relabel_configs:
                  - {source_labels: [__address__], target_label: __param_target}
                  - {source_labels: [__meta_parallax_module], target_label: __param_module}
                  - {source_labels: [__meta_parallax_target], target_label: instance}
                  - {target_label: __address__, replacement: "127.0.0.1:1"}
            """
                .formatted(
                    "http://" + pages.getFirst().getAuthority(),
                    RulesTest.FOLDER.resolve("parallax.rules.yml"),
                    pages.getFirst().getAuthority(),
                    probes));
    started.add(
        Programs.start(
            folder.resolve("prometheus.log"),
            List.of(
                prometheus,
                "--config.file=" + config,
                "--enable-feature=exemplar-storage",
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)));
    Programs.awaitListening(port);
  }

  private void promtoolFindsNothing(URI page) {
    try {
      Path text =
          Files.writeString(folder.resolve("page"), get(page).body(), StandardCharsets.UTF_8);
      Process judge =
          new ProcessBuilder(promtool, "check", "metrics")
              .redirectErrorStream(true)
              .redirectInput(text.toFile())
              .start();
      try (InputStream said = judge.getInputStream()) {
        assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8))
            .as(page.toString())
            .isEmpty();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Collects what has no data, and what has some that is listed as having none. */
  private void queries(SortedMap<String, String> missing) {
    Dashboards.all()
        .forEach(
            (name, dashboard) -> {
              for (JsonObject panel : Dashboards.panels(dashboard)) {
                for (JsonObject target : Dashboards.targets(panel)) {
                  String query = target.getString("expr");
                  boolean empty = result(Dashboards.sent(query)).isEmpty();
                  if (empty != WITHOUT.containsKey(query)) {
                    missing.put(query, name + ": " + panel.getString("title"));
                  }
                }
              }
              for (JsonObject variable : Dashboards.variables(dashboard)) {
                if (variable.getString("type").equals("query")) {
                  String query = variable.getJsonObject("query").getString("query");
                  MatchResult found = VALUES.matcher(query).results().findFirst().orElseThrow();
                  String counted =
                      "count by (" + found.group(2) + ") (" + Dashboards.sent(found.group(1)) + ")";
                  if (result(counted).isEmpty()) {
                    missing.put(query, name + ": " + variable.getString("name"));
                  }
                }
              }
            });
  }

  private JsonArray result(String query) {
    JsonObject answer = new JsonObject(api("query?query=" + encoded(query)));
    assertThat(answer.getString("status")).as("%s: %s", query, answer).isEqualTo("success");
    return answer.getJsonObject("data").getJsonArray("result");
  }

  private void allAreDiscovered() {
    Awaitility.await("the coordinator, four probes and the demo's targets")
        .atMost(WHILE)
        .untilAsserted(
            () -> {
              assertThat(result("count(up{job=\"discovered\",probe!=\"\"})").encode())
                  .contains("\"4\"");
              assertThat(result("count(up{job=\"coordinators\"} == 1)").encode()).contains("\"1\"");
              assertThat(result("count(up{job=\"on-demand\"})").encode()).contains("\"10\"");
            });
  }

  private void anExemplarLeadsToItsObservation(URI page) {
    Instant now = Instant.now();
    String query =
        "query_exemplars?query="
            + encoded("parallax_check_duration_seconds_bucket")
            + "&start="
            + now.minusSeconds(600).getEpochSecond()
            + "&end="
            + now.plusSeconds(60).getEpochSecond();
    JsonObject series = new JsonObject(api(query)).getJsonArray("data").getJsonObject(0);
    String id =
        series
            .getJsonArray("exemplars")
            .getJsonObject(0)
            .getJsonObject("labels")
            .getString("observation");
    JsonObject found =
        new JsonObject(get(page.resolve("/api/v1/observations?id=" + encoded(id))).body());
    assertThat(found.getJsonArray("items").getJsonObject(0).getString("target"))
        .isEqualTo(series.getJsonObject("seriesLabels").getString("target"));
  }

  private String api(String rest) {
    return get(URI.create("http://127.0.0.1:" + port + "/api/v1/" + rest)).body();
  }

  private HttpResponse<String> get(URI page) {
    try {
      return client.send(
          HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(page + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
