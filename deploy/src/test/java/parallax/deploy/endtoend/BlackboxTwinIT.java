package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's blackbox exporter and ours beside each other: the same modules, the same targets, real
 * servers behind them. Whatever differs is explained here or is a fault.
 */
final class BlackboxTwinIT {
  private static final int LEAST_CASES = 250;
  private static final double LEAST_EQUAL = 0.99;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Times differ from one probe to the next. */
  private static final Pattern TIMES =
      Pattern.compile(
          "probe_duration_seconds|probe_dns_lookup_time_seconds|probe_[a-z]+_duration_seconds.*");

  /**
   * What exporters after Debian's 0.23 say, and ours does: the time allowed, the cipher, whether
   * expect_bytes failed; of a certificate its serial number.
   */
  private static final Pattern NEWER =
      Pattern.compile("probe_timeout_seconds|probe_tls_cipher_info.*|probe_failed_due_to_bytes");

  private static final Pattern SERIAL = Pattern.compile("serialnumber=\"[0-9a-f]*\",");

  /** A module, a target pattern, and why the two differ there. */
  private record Explained(String module, String target, String why) {}

  private static final List<Explained> EXPLAINED =
      List.of(
          new Explained(
              "tcp_tls",
              "127\\.0\\.0\\.1:.*",
              "the parameter hostname is for tcp in exporters after 0.23 only"),
          new Explained(
              "http_ip6_only",
              ".*",
              "0.23 answers with an error of its own when an address is of the other family"),
          new Explained(
              "http_stranger",
              ".*",
              "a certificate of an authority that the server does not name is not sent (RFC 8446"
                  + " section 4.4.2.3), so that the page of the error is another one"));

  @TempDir static Path folder;

  private static TwinScene scene;
  private static Process theirs;
  private static Process ours;
  private static int theirPort;
  private static int ourPort;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws IOException {
    String exporter = Programs.require("prometheus-blackbox-exporter");
    scene = TwinScene.start(folder);
    theirPort = Programs.freePort();
    ourPort = Programs.freePort();
    Path modules = Files.writeString(folder.resolve("blackbox.yml"), scene.modules());
    theirs =
        Programs.start(
            folder.resolve("theirs.log"),
            List.of(
                exporter,
                "--config.file=" + modules,
                "--web.listen-address=127.0.0.1:" + theirPort));
    ours =
        Programs.start(
            folder.resolve("ours.log"),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "parallax.deploy.ParallaxMain",
                "probe",
                "--modules=" + modules,
                "--listen=127.0.0.1:" + ourPort));
    Programs.awaitListening(theirPort);
    Programs.awaitListening(ourPort);
  }

  @AfterAll
  static void end() {
    Optional.ofNullable(ours).ifPresent(Programs::kill);
    Optional.ofNullable(theirs).ifPresent(Programs::kill);
    Optional.ofNullable(scene).ifPresent(TwinScene::close);
  }

  @Test
  void bothSayTheSameOfTheSameTargets() throws Exception {
    List<String> differences = new ArrayList<>();
    List<String> unexplained = new ArrayList<>();
    int cases = 0;
    for (TwinScene.Case each : scene.cases()) {
      cases++;
      Map<String, String> their = metrics(theirPort, each);
      Map<String, String> our = metrics(ourPort, each);
      Optional<String> difference = difference(their, our);
      if (difference.isPresent()) {
        String line = each + ": " + difference.get();
        differences.add(line);
        boolean known =
            EXPLAINED.stream()
                .anyMatch(
                    e -> each.module().equals(e.module()) && each.target().matches(e.target()));
        if (!known) {
          unexplained.add(line);
        }
      }
    }
    Files.write(folder.resolve("differences"), differences);
    assertThat(unexplained).as("of " + cases + " cases").isEmpty();
    assertThat(cases).isGreaterThanOrEqualTo(LEAST_CASES);
    assertThat(1 - (double) differences.size() / cases).isGreaterThanOrEqualTo(LEAST_EQUAL);
  }

  @Test
  void whatIsWrongWithARequestIsSaidInTheSameWay() throws Exception {
    for (String path :
        List.of(
            "/probe?module=http_2xx",
            "/probe?module=nothing&target=localhost",
            "/logs?id=x",
            "/logs?id=123456",
            "/-/reload",
            "/-/healthy")) {
      HttpResponse<String> their = get(theirPort, path);
      HttpResponse<String> our = get(ourPort, path);
      assertThat(our.statusCode()).as(path).isEqualTo(their.statusCode());
      assertThat(our.body().strip()).as(path).isEqualTo(their.body().strip());
    }
  }

  @Test
  void promtoolFindsNothingInWhatIsSaid() throws Exception {
    String promtool = Programs.require("promtool");
    List<String> pages = new ArrayList<>(List.of("/metrics"));
    for (String module : List.of("http_2xx", "http_ca", "tcp_connect", "dns_soa_udp4")) {
      pages.add(
          scene.cases().stream()
              .filter(each -> each.module().equals(module))
              .findFirst()
              .map(BlackboxTwinIT::path)
              .orElseThrow());
    }
    for (String page : pages) {
      Path text = Files.writeString(folder.resolve("page"), get(ourPort, page).body());
      Programs.Ran judged =
          Programs.runAnyhow(List.of("sh", "-c", "exec " + promtool + " check metrics < " + text));
      assertThat(judged.output()).as(page).isEmpty();
      assertThat(judged.exit()).as(page).isZero();
    }
  }

  @Test
  void aRealPrometheusScrapesByWhatTheDocumentationSays() throws Exception {
    String prometheus = Programs.require("prometheus");
    String page = Files.readString(Path.of("../docs/blackbox.md"));
    String written = page.substring(page.indexOf("```yaml") + "```yaml".length());
    String scrapes = written.substring(0, written.indexOf("```"));
    assertThat(scrapes).contains("https://example.com/", "https://example.org/", "127.0.0.1:9115");
    String target = scene.cases().getFirst().target();
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "global: {scrape_interval: 3s, scrape_timeout: 3s}\n"
                + scrapes
                    .replace("https://example.com/", target)
                    .replace("https://example.org/", target + "missing")
                    .replace("127.0.0.1:9115", "127.0.0.1:" + ourPort));
    int port = Programs.freePort();
    Process scraper =
        Programs.start(
            folder.resolve("prometheus.log"),
            List.of(
                prometheus,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port));
    try {
      Programs.awaitListening(port);
      String path = "/api/v1/query?query=probe_success";
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(get(port, path).body())
                      .containsPattern("\"instance\":\"" + target + "\".*?,\"1\"\\]")
                      .containsPattern("\"instance\":\"" + target + "missing\".*?,\"0\"\\]"));
    } finally {
      Programs.kill(scraper);
    }
  }

  private static Optional<String> difference(Map<String, String> their, Map<String, String> our) {
    List<String> found = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(their.keySet());
    names.addAll(our.keySet());
    for (String name : names) {
      boolean timed = TIMES.matcher(name).matches();
      String left = their.getOrDefault(name, "absent");
      String right = our.getOrDefault(name, "absent");
      boolean newer = NEWER.matcher(name).matches() && left.equals("absent");
      boolean both = their.containsKey(name) && our.containsKey(name);
      boolean same = timed ? both : both && Double.parseDouble(left) == Double.parseDouble(right);
      if (!same && !newer) {
        found.add(name + " theirs " + left + " ours " + right);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
  }

  private static String path(TwinScene.Case each) {
    return "/probe?module="
        + each.module()
        + "&target="
        + URLEncoder.encode(each.target(), StandardCharsets.UTF_8)
        + each.more();
  }

  private Map<String, String> metrics(int port, TwinScene.Case each) throws Exception {
    HttpResponse<String> answer = get(port, path(each));
    Map<String, String> metrics = new TreeMap<>();
    metrics.put("status", String.valueOf(answer.statusCode()));
    if (answer.statusCode() != 200) {
      return metrics;
    }
    answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              String name = SERIAL.matcher(line.substring(0, space)).replaceAll("");
              metrics.put(name, line.substring(space + 1));
            });
    return metrics;
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
