package parallax.deploy.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Programs;

/** The guide has every metric that Parallax tells of itself, and no other. */
final class MetricsListIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final GuideTable TABLE =
      new GuideTable(ROOT.resolve("docs/metrics-list.md"), "metrics");
  private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) (parallax_\\w+) (.*)");
  private static final Pattern WRITTEN = Pattern.compile("\"(parallax_[a-z_]+)\"");

  /** The name of a button. */
  private static final String NO_METRIC = "parallax_acknowledge";

  private static final String CONFIGURATION =
      """
      version: 1
      targets:
        - {name: one, url: "http://127.0.0.1:9/", interval: 30s}
      receivers:
        - {name: hook, webhook: {url: "http://127.0.0.1:9/"}}
      watchdog: {url: "http://127.0.0.1:9/", every: 1h}
      """;

  @TempDir private Path folder;

  /** Type and help of a family, and whose pages have it. */
  private static final class Told {
    private final TreeSet<String> of = new TreeSet<>();
    private String type = "";
    private String help = "";
  }

  @Test
  void theListHasWhatIsOnThePagesAndNothingElse() throws Exception {
    SortedMap<String, Told> told = new TreeMap<>();
    String secret = "0123456789abcdef0123456789abcdef";
    Path hook = privately("hook", secret);
    Path data = folder.resolve("record");
    int uplink = Programs.freePort();
    List<String> more =
        List.of("--uplink=127.0.0.1:" + uplink, "--config-webhook-secret=${file:" + hook + "}");
    try (Product coordinator =
        Product.coordinator(repository(), data, folder.resolve("coordinator.log"), more)) {
      String said =
          Programs.run(Product.command("token", "create", "--probe=p1", "--data=" + data));
      probe(uplink, said.lines().filter(line -> line.startsWith("plx_")).findFirst().get(), told);
      read(coordinator.get("/metrics").body(), "coordinator", told);
      Path metrics = folder.resolve("backup.prom");
      for (String how : List.of("--to", "--drill")) {
        Programs.run(
            Product.command(
                "backup", how, folder + "/kept", "--data=" + data, "--metrics=" + metrics));
        read(Files.readString(metrics), "`backup --metrics`", told);
      }
    }
    SequencedMap<String, String> wanted = rows(told);
    TABLE.writeIfAsked(wanted);
    assertThat(TABLE.rows()).containsExactlyEntriesOf(wanted);
    assertThat(told.keySet()).containsAll(written()).hasSizeGreaterThan(50);
  }

  private static SequencedMap<String, String> rows(SortedMap<String, Told> told) {
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    told.forEach(
        (name, family) ->
            rows.put(
                "| `%s` | %s | %s".formatted(name, family.type, String.join(", ", family.of)),
                family.help));
    return rows;
  }

  /** A probe with all that it can have: a coordinator, and routers that report. */
  private void probe(int uplink, String token, SortedMap<String, Told> told) throws Exception {
    int port = Programs.freePort();
    Process probe =
        Programs.start(
            folder.resolve("probe.log"),
            Product.command(
                "probe",
                "--name=p1",
                "--region=tokyo",
                "--token-file=" + privately("token", token),
                "--coordinator=ws://127.0.0.1:" + uplink,
                "--data=" + folder.resolve("p1"),
                "--bmp-listen=127.0.0.1:" + Programs.freePort(),
                "--bmp-from=127.0.0.0/8",
                "--listen=127.0.0.1:" + port));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest page =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
              .timeout(Duration.ofSeconds(10))
              .build();
      String body =
          Awaitility.await("the probe's page, while a coordinator listens")
              .atMost(Duration.ofSeconds(30))
              .ignoreExceptions()
              .until(
                  () -> client.send(page, BodyHandlers.ofString()).body(),
                  text -> text.contains("\nparallax_uplink_connected 1"));
      read(body, "probe", told);
    } finally {
      Programs.kill(probe);
    }
  }

  private static void read(String page, String of, SortedMap<String, Told> told) {
    page.lines()
        .map(HEAD::matcher)
        .filter(Matcher::matches)
        .forEach(
            head -> {
              Told family = told.computeIfAbsent(head.group(2), _ -> new Told());
              family.of.add(of);
              if (head.group(1).equals("TYPE")) {
                family.type = head.group(3);
              } else {
                family.help = head.group(3).strip();
              }
            });
  }

  /** What sources name by its whole name. */
  private static List<String> written() throws IOException {
    List<String> names = new ArrayList<>();
    for (String module : List.of("probe", "coordinator", "deploy")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          WRITTEN
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1))
              .filter(name -> !name.equals(NO_METRIC) && !name.endsWith("_"))
              .forEach(names::add);
        }
      }
    }
    return names;
  }

  /** A configuration in git, whose age is a metric. */
  private Path repository() throws IOException {
    String work = Files.createDirectories(folder.resolve("work")).toString();
    Files.writeString(folder.resolve("work/parallax.yaml"), CONFIGURATION);
    Path bare = folder.resolve("monitoring.git");
    String git = Programs.require("git");
    Programs.run(List.of(git, "init", "-q", "-b", "main", work));
    Programs.run(List.of(git, "-C", work, "add", "."));
    Programs.run(
        List.of(
            git,
            "-C",
            work,
            "-c",
            "user.name=who",
            "-c",
            "user.email=who@example.com",
            "commit",
            "-qm",
            "first"));
    Programs.run(List.of(git, "clone", "-q", "--bare", work, bare.toString()));
    return bare;
  }

  private Path privately(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text.strip());
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
