package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of ours in archives: the same bytes whoever built them. */
final class PlainJarTest {
  private static final String MANIFEST = "Manifest-Version: 1.0\nMain-Class: One\n\n";

  @TempDir private Path folder;

  @Test
  void rightsAndTimesOfWhoBuiltItAreNotInIt() throws IOException {
    Path open = jar("open", "rw-r--r--", Instant.parse("2026-01-01T00:00:00Z"));
    Path closed = jar("closed", "rw-------", Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(Files.mismatch(open, closed)).isNotEqualTo(-1);
    PlainJar.copy(open, folder.resolve("first"), UnaryOperator.identity());
    PlainJar.copy(closed, folder.resolve("second"), UnaryOperator.identity());
    assertThat(folder.resolve("first")).hasSameBinaryContentAs(folder.resolve("second"));
  }

  @Test
  void itIsTheSameJarOtherwise() throws IOException {
    Path jar = jar("jar", "rw-r--r--", Instant.parse("2026-01-01T00:00:00Z"));
    Path copy = folder.resolve("copy");
    PlainJar.copy(jar, copy, UnaryOperator.identity());
    try (JarFile first = new JarFile(jar.toFile());
        JarFile read = new JarFile(copy.toFile())) {
      assertThat(read.getManifest().getMainAttributes().getValue("Main-Class")).isEqualTo("One");
      byte[] content = read.getInputStream(read.getEntry("One.class")).readAllBytes();
      assertThat(content).isEqualTo(new byte[] {1, 2, 3});
      assertThat(read.stream().map(Object::toString))
          .containsExactlyElementsOf(first.stream().map(Object::toString).toList())
          .contains("META-INF/MANIFEST.MF");
    }
  }

  private Path jar(String name, String rights, Instant time) throws IOException {
    Path file = folder.resolve(name + ".jar");
    Map<String, String> options = Map.of("create", "true", "enablePosixFileAttributes", "true");
    URI uri = URI.create("jar:" + file.toUri());
    try (FileSystem jar = FileSystems.newFileSystem(uri, options)) {
      Path meta = Files.createDirectory(jar.getPath("META-INF"));
      Path manifest = Files.writeString(meta.resolve("MANIFEST.MF"), MANIFEST);
      Path one = Files.write(jar.getPath("One.class"), new byte[] {1, 2, 3});
      for (Path entry : new Path[] {manifest, one}) {
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(rights));
        Files.setLastModifiedTime(entry, FileTime.from(time));
      }
    }
    return file;
  }
}
