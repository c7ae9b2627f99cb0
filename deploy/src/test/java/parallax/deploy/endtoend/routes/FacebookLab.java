package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import parallax.deploy.endtoend.Product;

/** The name system of 4 October 2021 that {@code deploy/lab/facebook} starts. */
final class FacebookLab implements AutoCloseable {
  private static final Path SCRIPT = Path.of("lab/facebook").toAbsolutePath();

  private final Path folder;
  private final Map<String, String> facts = new HashMap<>();

  FacebookLab(Path folder) throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "takes root");
    Stream.of("ip", "nsd", "unbound", "nginx", "dnssec-signzone")
        .forEach(
            program ->
                Assumptions.assumeTrue(
                    Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                        .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
                    program + " is not installed"));
    this.folder = folder;
    script("up");
    for (String line : Files.readAllLines(folder.resolve("lab"))) {
      facts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
  }

  /** Runs the script to its end. */
  void script(String command) throws IOException {
    Files.createDirectories(folder);
    Path out = Files.createTempFile(folder, "script", ".out");
    Process process =
        new ProcessBuilder(SCRIPT.toString(), command, folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the script ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
  }

  /** This machine, as seen from inside. */
  String host() {
    return facts.getOrDefault("host", "");
  }

  Product.Where inside() {
    return new Product.Where(
        List.of("ip", "netns", "exec", facts.getOrDefault("namespace", "")),
        facts.getOrDefault("inside", ""));
  }

  /** Options of commands that are to look at this lab instead of the internet. */
  List<String> options() {
    return List.of(
        "--root-hints",
        folder.resolve("root.hints").toString(),
        "--trust-anchors",
        folder.resolve("root.anchor").toString());
  }

  @Override
  public void close() throws IOException {
    script("down");
  }
}
