package parallax.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** {@code parallax}, as it is packaged, in a process of its own. */
final class Launched implements AutoCloseable {
  private static final Path PACKAGED = Path.of("..", "target", "parallax", "lib");

  private final Process process;
  private final List<String> said = new ArrayList<>();

  private Launched(Process process) {
    this.process = process;
    Thread.ofVirtual().start(() -> listen(process.inputReader()));
  }

  /**
   * Starts it.
   *
   * @param temporary for what it lays down and takes away
   */
  static Launched start(Path temporary, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                PACKAGED.toAbsolutePath().normalize() + "/*",
                "parallax.deploy.ParallaxMain"));
    command.addAll(arguments);
    try {
      return new Launched(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen(BufferedReader output) {
    output
        .lines()
        .forEach(
            line -> {
              synchronized (said) {
                said.add(line);
              }
            });
  }

  private Optional<String> heard(Predicate<String> wanted) {
    synchronized (said) {
      return said.stream().filter(wanted).findFirst();
    }
  }

  /** Waits for that line, as long as it lives. */
  String await(String beginning, Duration atMost) {
    return Awaitility.await(beginning)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> heardYet(beginning), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> heardYet(String beginning) {
    boolean lives = process.isAlive();
    Optional<String> line = heard(each -> each.startsWith(beginning));
    if (line.isEmpty() && !lives) {
      throw new AssertionError("it ended before '" + beginning + "': " + said());
    }
    return line;
  }

  /** Types a line. */
  void type(String line) {
    try {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the page is of which it says so in a line that begins like that. */
  URI page(String beginning, Duration atMost) {
    String url = await(beginning, atMost).substring(beginning.length()).strip();
    return URI.create(url.endsWith("/") ? url : url + "/");
  }

  /** All that it said so far. */
  String said() {
    synchronized (said) {
      return String.join("\n", said);
    }
  }

  /** Waits until it ends by itself. */
  int exit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
