package parallax.deploy.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.grid.MemberSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What makes a member, as it is written on a command line. */
final class ClusterOptionsTest {
  private static final String SECRET = "3f2a91c0d4e5b6a7f8091a2b3c4d5e6f";
  private static final URI PAGE = URI.create("http://0.0.0.0:8080/");

  @TempDir Path folder;

  /** Nothing but the options. */
  @Command
  static final class Alone {
    @Mixin private ClusterOptions cluster = new ClusterOptions();
  }

  @BeforeEach
  void name() throws IOException {
    write("rw-------");
  }

  private void write(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("name"), SECRET + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static ClusterOptions options(String... arguments) {
    Alone alone = new Alone();
    new CommandLine(alone).parseArgs(arguments);
    return alone.cluster;
  }

  private MemberSettings settings(String... more) {
    Stream<String> usual =
        Stream.of("--member=10.0.0.11:5701", "--cluster-name-file=" + folder.resolve("name"));
    return options(Stream.concat(usual, Stream.of(more)).toArray(String[]::new))
        .settings("c1", PAGE);
  }

  @Test
  void withoutAnyItIsAlone() {
    assertThat(options().isMember()).isFalse();
    assertThat(options().defaultName()).isEqualTo("coordinator");
  }

  @Test
  void aListOfThreeMakesAClusterOfThree() {
    MemberSettings settings = settings("--members=10.0.0.11:5701,10.0.0.12:5701,10.0.0.13:5701");
    assertThat(settings.size()).isEqualTo(3);
    assertThat(settings.card().name()).isEqualTo("c1");
    assertThat(settings.card().http()).startsWith("http://10.0.0.11:8080");
    assertThat(settings.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "--members-dns=all.internal, all.internal:5701",
    "--members-dns=all.internal:5801, all.internal:5801",
    "--members-kubernetes=coordinators, coordinators:5701",
    "--members-kubernetes=coordinators.ops.svc.cluster.local,"
        + " coordinators.ops.svc.cluster.local:5701"
  })
  void aNameStandsForAllMembers(String option, String place) {
    MemberSettings settings = settings(option, "--cluster-size=3");
    assertThat(settings.discovery().places()).containsExactly(HostPort.parse(place));
    assertThat(settings.quorum()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"rw-rw----", "rw-r--r--", "rw-----w-", "rwx--x---"})
  void aNameThatOthersMayReadIsRefusedByItsFilesName(String permissions) throws IOException {
    write(permissions);
    assertThatThrownBy(() -> settings("--members=10.0.0.11:5701"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(folder.resolve("name").toString())
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cluster-size=3                                      | one of --members
          --members=10.0.0.11:5701,--members-dns=all.internal   | one of --members
          --members-dns=all.internal                            | --cluster-size
          --members-kubernetes=coordinators                     | --cluster-size
          """)
  void whatIsMissingOrTooMuchIsNamed(String arguments, String message) {
    assertThatThrownBy(() -> settings(arguments.split(",(?=--)")))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.300:5701", "10.0.0.11:99999", "10.0.0.11", ":5701"})
  void aMemberHasAnAddressAndAPort(String address) {
    ClusterOptions options =
        options(
            "--member=" + address,
            "--members=10.0.0.11:5701",
            "--cluster-name-file=" + folder.resolve("name"));
    assertThatThrownBy(() -> options.settings("c1", PAGE)).isInstanceOf(ParameterException.class);
  }

  @Test
  void aMemberNeedsTheClustersName() {
    ClusterOptions options = options("--member=10.0.0.11:5701", "--members=10.0.0.11:5701");
    assertThatThrownBy(() -> options.settings("c1", PAGE))
        .hasMessageContaining("--cluster-name-file");
  }
}
