package parallax.probe.dns.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where walks begin is shipped and can be replaced. */
final class RootHintsTest {
  @TempDir Path folder;

  @Test
  void thirteenServersInBothFamiliesAreShipped() {
    assertThat(RootHints.shipped().servers()).hasSize(26);
    assertThat(RootHints.shipped().servers().stream().map(server -> server.host()).distinct())
        .hasSize(13);
  }

  @Test
  void anotherFileCanBeNamed() throws IOException {
    Path file = folder.resolve("hints");
    Files.writeString(file, "; ours\n. 60 NS a.root.\na.root. 60 IN A 127.0.0.1 ; here\n");
    assertThat(RootHints.in(file).servers()).singleElement().hasToString("a.root. (127.0.0.1)");
  }

  @Test
  void aFileWithoutServersIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("hints"), "nothing\n. NS a.root.\n\0\n");
    assertThatThrownBy(() -> RootHints.in(file)).hasMessageContaining("no address of a server");
  }
}
