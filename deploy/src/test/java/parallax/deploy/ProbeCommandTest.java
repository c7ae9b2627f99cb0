package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
}
