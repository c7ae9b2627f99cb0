package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code parallax probe} as a user types it. */
final class ProbeCommandTest {
  private static final int MAX_LINES = 200;

  @TempDir Path folder;

  private record Ran(int status, String err) {}

  @BeforeEach
  void token() throws IOException {
    write("rw-------");
  }

  private void write(String permissions) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "pxt_secret\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(permissions));
  }

  private List<String> arguments(String... more) {
    return Stream.concat(
            Stream.of(
                "probe",
                "--name=oslo-1",
                "--region=oslo",
                "--token-file=" + folder.resolve("token"),
                "--data=" + folder.resolve("data"),
                "--listen=127.0.0.1:0"),
            Stream.of(more))
        .toList();
  }

  private Ran run(String... more) {
    StringWriter err = new StringWriter();
    int status =
        ParallaxMain.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            arguments(more).toArray(String[]::new));
    return new Ran(status, err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ws://192.0.2.1:8443               |                       | --plaintext
          a.example:8443                    |                       | wss://host:port
          wss://a.example                   | --cert=x              | --cert and --key
          wss://a.example                   | --asn=4294967296      | --asn
          wss://a.example                   | --listen=nowhere      | --listen
          wss://a.example                   | --web.listen-address=:x | --listen
          wss://a.example                   | --web.systemd-socket  | --web.systemd-socket
          wss://a.example                   | --allow-net=nonsense  | nonsense
          wss://a.example                   | --name=UPPER          | probe
          wss://a.example                   | --source=nowhere      | --source
          wss://a.example                   | --source=192.0.2.77   | not an address of this machine: 192.0.2.77
          wss://a.example                   | --source=127.0.0.1,127.0.0.2 | more than one address of one family
          """)
  void aWrongCommandLineIsNamed(String url, String option, String message) {
    Ran ran = option == null ? run("--coordinator=" + url) : run("--coordinator=" + url, option);
    assertThat(ran.err()).contains(message);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aTokenThatOthersMayReadIsRefusedByItsFilesName() throws IOException {
    write("rw-r--r--");
    Ran ran = run("--coordinator=wss://a.example");
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err())
        .contains(folder.resolve("token").toString(), "chmod 600")
        .doesNotContain("pxt_secret");
  }

  @Test
  void aMissingFileIsNamed() {
    Ran ran = run("--coordinator=wss://a.example", "--ca=" + folder.resolve("none.pem"));
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err()).contains("none.pem");
  }

  @Test
  void runsUntilItIsToldToEndAndEndsWell() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(ParallaxMain.class.getName());
    command.addAll(arguments("--coordinator=ws://127.0.0.1:1"));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = child.inputReader()) {
      List<String> lines = new ArrayList<>();
      String line = out.readLine();
      while (line != null && !line.startsWith("Ctrl-C") && lines.size() < MAX_LINES) {
        lines.add(line);
        line = out.readLine();
      }
      assertThat(lines).anyMatch(each -> each.startsWith("Metrics: http://127.0.0.1:"));
      child.destroy();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
    } finally {
      child.destroyForcibly();
    }
    assertThat(folder.resolve("data/spool")).isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
        .isEqualTo("rwx------");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pagesAreUnderThePrefixAndTheLogIsJsonWhereThatIsAskedFor() throws Exception {
    Path modules = Files.writeString(folder.resolve("m.yml"), "modules: {a: {prober: tcp}}\n");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ParallaxMain.class.getName(),
            "probe",
            "--modules=" + modules,
            "--listen=127.0.0.1:0",
            "--web.external-url=https://example.com/blackbox",
            "--log.level=info",
            "--log.prober=info",
            "--log.format=json");
    Process child = new ProcessBuilder(command).start();
    try (BufferedReader out = child.inputReader();
        BufferedReader err = child.errorReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String said = out.readLine();
      assertThat(said).startsWith("Parallax prober for Prometheus: ").endsWith("/blackbox/probe");
      URI probe = URI.create(said.substring(said.indexOf("http")));
      HttpResponse<String> reloaded =
          client.send(
              HttpRequest.newBuilder(probe.resolve("-/reload"))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reloaded.statusCode()).isEqualTo(200);
      List<String> logged = new ArrayList<>();
      while (logged.stream().noneMatch(line -> line.contains("modules=reloaded"))) {
        logged.add(String.valueOf(err.readLine()));
        assertThat(logged).hasSizeLessThan(MAX_LINES).doesNotContain("null");
      }
      JsonObject last = new JsonObject(logged.getLast());
      assertThat(last.getString("level")).isEqualTo("INFO");
      assertThat(last.getString("message")).isEqualTo("modules=reloaded");
      URI refused = probe.resolve("probe?module=a&target=127.0.0.1:9");
      client.send(HttpRequest.newBuilder(refused).build(), HttpResponse.BodyHandlers.discarding());
      while (!logged.getLast().contains("Probe failed")) {
        logged.add(String.valueOf(err.readLine()));
        assertThat(logged).hasSizeLessThan(MAX_LINES).doesNotContain("null");
      }
      JsonObject probed = new JsonObject(logged.getLast());
      assertThat(probed.getString("level")).isEqualTo("INFO");
      assertThat(probed.getString("formattedMessage"))
          .startsWith(
              "event=probing module=a target=\"127.0.0.1:9\" level=error msg=\"Probe failed\"");
    } finally {
      child.destroyForcibly();
    }
  }

  private List<String> prober(Path modules, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ParallaxMain.class.getName(),
                "probe",
                "--modules=" + modules));
    command.addAll(List.of(more));
    return command;
  }

  /** Where a prober says that its pages are, once it does. */
  private static URI pages(String said) {
    assertThat(said).startsWith("Parallax prober for Prometheus: ");
    return URI.create(said.substring(said.indexOf("http")));
  }

  private static String get(HttpClient client, URI page) throws Exception {
    return client
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aHangupReadsTheFileOfModulesAgainAndEveryPlaceServesThem() throws Exception {
    Path modules = Files.writeString(folder.resolve("m.yml"), "modules: {a: {prober: tcp}}\n");
    Process child =
        new ProcessBuilder(
                prober(modules, "--web.listen-address=127.0.0.1:0", "--web.listen-address=[::1]:0"))
            .start();
    try (BufferedReader out = child.inputReader();
        BufferedReader err = child.errorReader();
        HttpClient client = HttpClient.newHttpClient()) {
      List<URI> pages = List.of(pages(out.readLine()), pages(out.readLine()));
      assertThat(pages).extracting(URI::getHost).containsExactly("127.0.0.1", "[::1]");
      for (String name : List.of("b", "c")) {
        Files.writeString(modules, "modules: {" + name + ": {prober: icmp}}\n");
        hangup(child, err, "modules=reloaded");
        for (URI page : pages) {
          assertThat(get(client, page.resolve("config"))).contains(name + ":", "icmp");
        }
      }
      Files.writeString(modules, "modules: {d: {prober: none}}\n");
      hangup(child, err, "modules=kept");
      assertThat(get(client, pages.getFirst().resolve("config"))).contains("c:");
    } finally {
      child.destroyForcibly();
    }
  }

  private static void hangup(Process child, BufferedReader err, String says) throws Exception {
    Process kill = new ProcessBuilder("kill", "-HUP", String.valueOf(child.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    for (int lines = 0; lines < MAX_LINES; lines++) {
      String line = String.valueOf(err.readLine());
      assertThat(line).isNotEqualTo("null");
      if (line.contains(says)) {
        return;
      }
    }
    throw new AssertionError("never said " + says);
  }

  @Test
  void aFileOfThePagesIsCheckedWithTheFileOfModules() throws IOException {
    Path modules = Files.writeString(folder.resolve("m.yml"), "modules: {a: {prober: none}}\n");
    Path web = Files.writeString(folder.resolve("w.yml"), "basic_auth_users: {alice: secret}\n");
    Ran ran = run("--modules=" + modules, "--web.config.file=" + web, "--config.check");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .contains(modules + ":1:", web + ":1:20: 'alice' must be a password hashed by bcrypt")
        .doesNotContain("secret");
  }

  @Test
  void aFileOfThePagesThatIsNotGoodKeepsAProberFromStarting() throws IOException {
    Path modules = Files.writeString(folder.resolve("m.yml"), "modules: {a: {prober: tcp}}\n");
    Path web = Files.writeString(folder.resolve("w.yml"), "users: {}\n");
    StringWriter err = new StringWriter();
    int status =
        ParallaxMain.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "probe",
            "--modules=" + modules,
            "--web.config.file=" + web,
            "--listen=127.0.0.1:0");
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains(web + ":1:1: 'file' has no key 'users'");
    Ran ran = run("--coordinator=wss://a.example", "--web.config.file=" + web);
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err()).contains(web + ":1:1: 'file' has no key 'users'");
  }
}
