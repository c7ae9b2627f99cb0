package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code deploy/package} makes of the jars as they are: once for all tests. */
public final class Packed {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PRODUCT = ROOT.resolve("deploy/target/parallax");

  /** What all archives are made of, beside the jars. */
  private static final List<Path> SOURCES =
      List.of(
          ROOT.resolve("deploy/package"),
          ROOT.resolve("deploy/dist"),
          ROOT.resolve("deploy/prometheus"),
          ROOT.resolve("docs"),
          ROOT.resolve("README.md"),
          PRODUCT.resolve("lib"));

  private Packed() {}

  /**
   * Archives, and Debian packages where there is what makes them. {@code -Dparallax.packed=FOLDER}
   * takes what was made before; without Maven's profile "dist", which {@code deploy/verify} asks
   * for, there is nothing to pack, and the test is left out.
   */
  public static synchronized Path folder() throws Exception {
    String given = System.getProperty("parallax.packed", "");
    if (!given.isEmpty()) {
      return Path.of(given).toAbsolutePath();
    }
    assumeTrue(Files.exists(PRODUCT.resolve("bom.json")), "there is no bill of materials to pack");
    Path to = ROOT.resolve("deploy/target/packed");
    // Tests in several processes may want it at once.
    try (FileChannel lock =
            FileChannel.open(
                ROOT.resolve("deploy/target/packed.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      if (!isCurrent(to.resolve("SHA256SUMS"))) {
        pack(to);
      }
    }
    return to;
  }

  private static boolean isCurrent(Path sums) throws IOException {
    if (!Files.exists(sums)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(sums);
    for (Path source : SOURCES) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static void pack(Path to) throws Exception {
    Map<String, String> own =
        Map.of(
            "PATH", System.getenv("PATH"), "PARALLAX_JAVA_HOME", System.getProperty("java.home"));
    List<String> pack =
        new ArrayList<>(
            List.of(ROOT.resolve("deploy/package").toString(), "--built", to.toString()));
    if (Shell.find("dpkg-deb").isPresent()) {
      pack.add("--deb");
    }
    Shell.Ended packed = new Shell(Files.createDirectories(to)).run(own, pack);
    assertThat(packed.status()).as(packed.said()).isZero();
  }
}
