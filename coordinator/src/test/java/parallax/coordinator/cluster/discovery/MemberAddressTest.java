package parallax.coordinator.cluster.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberAddressTest {
  private static final String GOOD = "3f9c2b71d05e48a6b1c7e2f4908d6a53";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "127.255.0.9", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
        "192.168.0.1", "100.64.0.1", "100.127.255.255", "::1", "fc00::1", "fdff::1"
      })
  void membersMayTalkOnPrivateAddresses(String address) {
    assertThat(PrivateAddresses.objection(InetAddress.ofLiteral(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.254.1.1",
        "fe80::1",
        "fbff::1",
        "fe00::1",
        "2001:db8::1",
        "::2",
        "224.0.0.1",
        "::ffff:8.8.8.8"
      })
  void membersMustNotTalkOnOthers(String address) {
    assertThat(PrivateAddresses.objection(InetAddress.ofLiteral(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:5701",
        "10.0.0.1",
        "10.0.0.1:",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "fd00::1:5701",
        ":5701",
        "010.0.0.1:x",
        "10.0.1:99999"
      })
  void whatIsNoAddressWithAPortIsRefused(String text) {
    assertThatThrownBy(() -> MemberAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void addressesAreWrittenAsTheyAreRead() {
    assertThat(MemberAddress.parse("10.0.0.1:5701")).hasToString("10.0.0.1:5701");
    assertThat(HostPort.parse("[fd00::1]:5701")).hasToString("[fd00::1]:5701");
    assertThat(HostPort.parse("coordinators.example:5701").host())
        .isEqualTo("coordinators.example");
  }

  @Test
  void theNameIsReadFromAFileThatOthersCannotRead() throws IOException {
    assertThat(ClusterName.read(file(GOOD + "\n", "rw-------")).reveal()).isEqualTo(GOOD);
  }

  @Test
  void aFileThatOthersCanReadIsRefusedByName() throws IOException {
    Path file = file(GOOD, "rw-rw----");
    assertThatThrownBy(() -> ClusterName.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining(GOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dev",
        "production",
        "3f9c2b71d05e48a6b1c7e2f4908d6a5",
        "00000000000000000000000000000000",
        "zf9c2b71d05e48a6b1c7e2f4908d6a53"
      })
  void aNameThatCouldBeGuessedIsRefusedAndNotShown(String name) throws IOException {
    Path file = file(name, "rw-------");
    assertThatThrownBy(() -> ClusterName.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl rand -hex 16");
  }

  private Path file(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("cluster-name"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
