package parallax.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
  @TempDir Path temporary;

  @Test
  void nothingIsLeftOfIt() throws IOException {
    Path file;
    try (DemoFolder folder = DemoFolder.in(temporary)) {
      Files.createDirectories(folder.resolve("data/deep"));
      file = folder.write("data/deep/file", "text");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(""))))
          .isEqualTo("rwx------");
      assertThat(file).hasContent("text");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatAKilledDemoLeftIsClearedAwayAndNothingElse() throws Exception {
    Process gone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(gone.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Path left = Files.createDirectory(temporary.resolve("parallax-demo-" + gone.pid() + "-1"));
    Files.writeString(left.resolve("file"), "text");
    Path running =
        Files.createDirectory(
            temporary.resolve("parallax-demo-" + ProcessHandle.current().pid() + "-2"));
    Path other = Files.createDirectory(temporary.resolve("parallax-demo-notes"));
    Path target = Files.createDirectory(temporary.resolve("elsewhere"));
    Path link =
        Files.createSymbolicLink(temporary.resolve("parallax-demo-" + gone.pid() + "-3"), target);
    try (DemoFolder _ = DemoFolder.in(temporary)) {
      assertThat(left).doesNotExist();
      assertThat(running).exists();
      assertThat(other).exists();
      assertThat(link).exists();
    }
  }
}
