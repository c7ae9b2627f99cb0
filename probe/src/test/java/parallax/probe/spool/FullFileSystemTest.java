package parallax.probe.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of two megabytes, in a mount namespace of its own where the machine allows one. */
class FullFileSystemTest {
  private static final long MAX_WAIT_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void aRealFullDiskLosesNothingThatWasKeptAndTheSpoolGoesOnAlone()
      throws IOException, InterruptedException {
    assumeTrue(run("true") == 0, "no namespace with a file system of its own");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    int code =
        run(
            "exec %s -XX:+UseSerialGC -Xmx64m -cp '%s' %s %s"
                .formatted(java, classes, FullDiskMain.class.getName(), folder.resolve("small")));
    String said = Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
    assertThat(code).as(said).isZero();
    assertThat(Long.parseLong(said.strip())).isBetween(5_000L, 40_000L);
  }

  /** Runs a command in a namespace where {@code small} is a file system of two megabytes. */
  private int run(String command) throws IOException, InterruptedException {
    Path small = Files.createDirectories(folder.resolve("small"));
    String script = "mount -t tmpfs -o size=2m tmpfs " + small + " && " + command;
    try {
      Process process =
          new ProcessBuilder("unshare", "-Urm", "sh", "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
      assertThat(process.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }
}
