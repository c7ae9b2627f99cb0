package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands as a user types them: what they print where, and how they end. */
final class CommandsTest {
  private static final Path BROKEN = Path.of("../config/src/test/resources/parallax/config/broken");
  private static final Path EXAMPLES = Path.of("../config/examples");

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {}

  static List<Path> brokenConfigurations() throws IOException {
    try (Stream<Path> files = Files.list(BROKEN)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void thereAreAtLeastSixtyBrokenConfigurations() throws IOException {
    assertThat(brokenConfigurations()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("brokenConfigurations")
  void aBrokenConfigurationIsNamedByFileLineAndColumnAndNeverStarts(Path file) {
    Path data = folder.resolve("data");
    Ran started = run("up", "--config", file.toString(), "--data", data.toString());
    assertThat(started.status()).isEqualTo(1);
    assertThat(started.out()).isEmpty();
    assertThat(started.err().lines().toList())
        .hasSizeGreaterThanOrEqualTo(2)
        .last()
        .asString()
        .startsWith("parallax: not started");
    assertThat(started.err().lines().toList())
        .allSatisfy(
            line ->
                assertThat(line).matches("(.*\\.yaml:\\d+:\\d+: .+)|(parallax: not started.*)"));

    // A secret that is missing here may be there where the configuration is used.
    Ran validated = run("validate", file.toString());
    String told = validated.status() == 0 ? validated.err() : validated.out();
    assertThat(told.lines()).isNotEmpty();
    assertThat(told.lines()).allSatisfy(line -> assertThat(line).contains(".yaml:"));
    assertThat(data).doesNotExist();
  }

  @Test
  void validateTellsMachinesWhatItTellsPeople() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "version: 1\ntargets: [{nme: x}]\n");
    Ran ran = run("validate", "--json", file.toString());
    assertThat(ran.status()).isEqualTo(1);
    JsonObject first = new JsonObject(ran.out().lines().findFirst().orElseThrow());
    assertThat(first.getString("file")).isEqualTo(file.toString());
    assertThat(first.getInteger("line")).isEqualTo(2);
    assertThat(first.getInteger("column")).isPositive();
    assertThat(first.getString("message")).isNotEmpty();
    assertThat(ran.err()).contains("problem");
  }

  @Test
  void theExamplesAreFine() {
    assertThat(run("validate", EXAMPLES.resolve("quickstart").toString()).status()).isZero();
    assertThat(run("validate", EXAMPLES.resolve("full.yaml").toString()).status()).isZero();
  }

  @Test
  void theExamplesOfTheDocumentationAreFine() throws IOException {
    isFine("../docs/alerts.md");
    isFine("../docs/services.md");
  }

  private void isFine(String documentation) throws IOException {
    String page = Files.readString(Path.of(documentation));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    String example = page.substring(begin, page.indexOf("```", begin));
    Ran ran = run("validate", Files.writeString(folder.resolve("a.yaml"), example).toString());
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
  }

  @Test
  void checkSaysWhatIsThereAndWhatIsNot() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Ran up = run("check", "tcp://127.0.0.1:" + server.getLocalPort());
      assertThat(up.status()).isZero();
      assertThat(up.out()).contains("TCP      ✔").doesNotContain("\u001b");
    }
    Ran down = run("check", "--json", "tcp://127.0.0.1:1");
    assertThat(down.status()).isEqualTo(1);
    assertThat(new JsonObject(down.out()).getString("reason")).isEqualTo("connection refused");
  }

  @Test
  void checkShowsTheLayersOfAService() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread redis =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket peer = server.accept()) {
                      peer.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
                      int _ = peer.getInputStream().read(new byte[100]);
                    } catch (IOException gone) {
                      throw new UncheckedIOException(gone);
                    }
                  });
      Ran up = run("check", "redis://127.0.0.1:" + server.getLocalPort());
      assertThat(up.status()).isZero();
      assertThat(up.out()).contains("TCP      ✔ 127.0.0.1", "HTTP     ✔ +PONG", "UP after");
      redis.join();
    }
    Ran down = run("check", "--json", "smtp://127.0.0.1:1");
    assertThat(down.status()).isEqualTo(1);
    assertThat(new JsonObject(down.out()).getString("code")).isEqualTo("CONNECTION_REFUSED");
  }

  @Test
  void whatIsNotPermittedIsNotTried() {
    Ran refused = run("check", "--json", "--deny-net", "127.0.0.0/8", "tcp://127.0.0.1:1");
    assertThat(refused.status()).isEqualTo(3);
    assertThat(new JsonObject(refused.out()).getString("code"))
        .isEqualTo("PROBE_ADDRESS_FORBIDDEN");
    Ran metadata = run("check", "--json", "http://169.254.169.254/latest/meta-data/");
    assertThat(metadata.status()).isEqualTo(3);
  }

  @Test
  void aResolverThatIsWrittenWronglyIsRefusedInWords() {
    for (String wrong : List.of("quic://dns.example", "192.0.2.1:99999", "tls://dns.example/x")) {
      Ran ran = run("check", "--resolver", "192.0.2.1," + wrong, "tcp://127.0.0.1:1");
      assertThat(ran.status()).isEqualTo(2);
      assertThat(ran.err()).contains("--resolver: '" + wrong + "': ");
    }
    String many = String.join(",", Collections.nCopies(17, "tcp://192.0.2.1"));
    assertThat(run("check", "--resolver", many, "tcp://127.0.0.1:1").err())
        .contains("--resolver: at most 16, not 17");
  }

  @Test
  void wrongUsageEndsWithTwoAndSaysHowItIsMeant() {
    assertThat(run().status()).isEqualTo(2);
    assertThat(run("nonsense").err()).contains("nonsense");
    assertThat(run("check").status()).isEqualTo(2);
    assertThat(run("check", "gopher://x").status()).isEqualTo(2);
    assertThat(run("check", "--deny-net", "10.0.0.0/99", "tcp://127.0.0.1:1").status())
        .isEqualTo(2);
    Path quickstart = EXAMPLES.resolve("quickstart");
    assertThat(run("up", "--config", quickstart.toString(), "--listen", "here").status())
        .isEqualTo(2);
    assertThat(run("up", "--config", quickstart.toString(), "--name", "Not A Name").status())
        .isEqualTo(2);
  }

  @Test
  void aGitUrlThatCannotBeReadIsSaidPlainly() {
    String gone = "file://" + folder.resolve("gone.git");
    Ran ran = run("up", "--config", gone, "--data", folder.resolve("data").toString());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("is not there").contains("not started").contains(gone);
  }

  @Test
  void aPortInUseIsSaidPlainly() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Ran ran =
          run(
              "up",
              "--config",
              EXAMPLES.resolve("quickstart").toString(),
              "--data",
              folder.resolve("data").toString(),
              "--listen",
              address);
      assertThat(ran.status()).isEqualTo(3);
      assertThat(ran.err()).contains("cannot listen on " + address);
    }
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = ParallaxMain.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
