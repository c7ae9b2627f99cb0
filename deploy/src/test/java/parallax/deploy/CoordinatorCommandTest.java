package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code parallax coordinator} refuses before it runs. */
final class CoordinatorCommandTest {
  @TempDir Path folder;
  private Path configuration;

  private record Ran(int status, String out, String err) {}

  @BeforeEach
  void write() throws IOException {
    configuration =
        Files.writeString(folder.resolve("good.yaml"), "targets: [tcp://192.0.2.1:80]\n");
  }

  private Ran run(Path config, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Stream<String> usual =
        Stream.of(
            "coordinator",
            "--config=" + config,
            "--data=" + folder.resolve("data"),
            "--state=" + folder.resolve("state"),
            "--listen=127.0.0.1:0",
            "--uplink=127.0.0.1:0");
    int status =
        ParallaxMain.run(
            new PrintWriter(out),
            new PrintWriter(err),
            Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --members=10.0.0.11:5701,10.0.0.12:5701 | a cluster needs --member
          --members-dns=coordinators.internal     | a cluster needs --member
          --cluster-size=3                        | a cluster needs --member
          --cluster-name-file=none                | a cluster needs --member
          --member=10.0.0.11:5701                 | name its --database-file
          --tls-cert=c1.pem                       | --tls-cert and --tls-key go together
          --tls-key=c1.key                        | --tls-cert and --tls-key go together
          --client-ca=ca.pem                      | --client-ca needs --tls-cert
          --config-signers=signers                | name a git repository
          --nonsense                              | --nonsense
          """)
  void aWrongCommandLineIsNamed(String option, String message) {
    Ran ran = run(configuration, option);
    assertThat(ran.err()).contains(message);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  /** The options that {@link #run} gives are given once only, so these are written out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --listen=nowhere                        | --listen must be HOST:PORT
          --uplink=nowhere                        | --uplink must be HOST:PORT
          --uplink=0.0.0.0:0                      | in the clear on 0.0.0.0
          --uplink=[::]:0                         | in the clear on ::
          --uplink=192.0.2.1:8443                 | --uplink-plaintext behind a proxy
          """)
  void whereToListenIsSaidInFullAndSafely(String option, String message) {
    StringWriter err = new StringWriter();
    int status =
        ParallaxMain.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "coordinator",
            "--config=" + configuration,
            "--data=" + folder.resolve("data"),
            option);
    assertThat(err.toString()).contains(message);
    assertThat(status).isEqualTo(2);
  }

  @Test
  void aConfigurationIsNeeded() {
    StringWriter err = new StringWriter();
    int status =
        ParallaxMain.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "coordinator");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("--config");
  }

  @Test
  void aConfigurationWithProblemsIsShownWithItsPlacesAndNothingStarts() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "targets: [tcp://192.0.2.1]\nx: 1\n");
    Ran ran = run(bad);
    assertThat(ran.status()).isOne();
    assertThat(ran.err())
        .contains(
            "bad.yaml:1:11: ", "bad.yaml:2:1: unknown key 'x'", "not started", bad.toString());
    assertThat(ran.out()).isEmpty();
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    Ran ran = run(folder.resolve("none"));
    assertThat(ran.status()).isOne();
    assertThat(ran.err()).contains("none", "not started");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aDatabaseFileThatIsNotThereIsNamed() {
    StringWriter err = new StringWriter();
    int status =
        ParallaxMain.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "coordinator",
            "--config=" + configuration,
            "--member=10.0.0.11:5701",
            "--database-file=" + folder.resolve("none"));
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("--database-file", folder.resolve("none").toString());
  }
}
