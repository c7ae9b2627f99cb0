package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The units of the Debian package under a real systemd, in namespaces of its own. */
final class ServicesIT {
  /** What the script says when no systemd starts on this machine. */
  private static final int NONE = 77;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void theServicesRunRestrictedAndComeBackWhenTheyDie() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root makes namespaces");
    assumeTrue(Files.isExecutable(Path.of("/lib/systemd/systemd")), "systemd is not installed");
    for (String program : List.of("unshare", "ip", "curl", "dpkg", "setpriv", "nsenter")) {
      assumeTrue(Shell.find(program).isPresent(), program + " is not installed");
    }
    Path deb = deb(Packed.folder());
    Path script = folder.resolve("services.sh");
    try (InputStream in = ServicesIT.class.getResourceAsStream("services.sh")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    Map<String, String> own = Map.of("PATH", System.getenv("PATH"));
    List<String> command = List.of("unshare", "--mount", "bash", script.toString(), deb.toString());
    Shell.Ended ended = new Shell(folder).run(own, command);
    assumeTrue(ended.status() != NONE, "no systemd starts here: " + ended.said());
    assertThat(ended.status()).as(ended.said()).isZero();
    assertThat(ended.said())
        .contains(
            "up runs as parallax",
            "up ended well",
            "no capabilities",
            "system calls filtered",
            "secrets are there",
            "nothing else to write",
            "parallax_uplink_connected 1",
            "restarted",
            "coordinator ended well",
            "ALL DONE");
  }

  private static Path deb(Path packed) throws Exception {
    try (Stream<Path> files = Files.list(packed)) {
      List<Path> debs =
          files.filter(file -> file.getFileName().toString().matches("parallax_.*\\.deb")).toList();
      assumeTrue(!debs.isEmpty(), "dpkg-deb is not installed");
      return debs.getFirst();
    }
  }
}
