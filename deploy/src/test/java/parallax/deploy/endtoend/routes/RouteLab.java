package parallax.deploy.endtoend.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The routers that {@code deploy/lab/routes} starts. */
final class RouteLab implements AutoCloseable {
  /** Of GoBGP and FRR. */
  static final long ROUTERS = 64_500;

  /** Of those that announce. */
  static final long FIRST = 64_501;

  static final long SECOND = 4_200_000_002L;

  /** Ours, where the routers open sessions with us. */
  static final long OURS = 64_999;

  static final long ORIGIN = 64_511;

  private static final Path SCRIPT = Path.of("lab/routes").toAbsolutePath();
  private static final int BMP_PORT = 11_019;
  private static final int BGP_PORT = 1_790;
  private static final int RTR_PORT = 8_282;
  private static final int LIMIT_SECONDS = 40;

  private final Path folder;
  private final String net;

  RouteLab(Path folder) {
    Stream.of("gobgpd", "gobgp", "exabgp", "setsid").forEach(RouteLab::require);
    this.folder = folder;
    // Runs beside each other have networks of their own, and so can have the same ports.
    this.net = "127." + (100 + ProcessHandle.current().pid() % 100);
  }

  /** Skips the test, saying why, where the program is not installed. */
  static void require(String program) {
    Assumptions.assumeTrue(
        Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib/frr")
            .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
        program + " is not installed");
  }

  /** Starts the two that announce, and GoBGP. */
  void up() throws IOException {
    script("up", net);
  }

  /** Runs the script to its end. */
  void script(String command, String... arguments) throws IOException {
    Path out = Files.createTempFile("routes", ".out");
    List<String> line =
        Stream.concat(
                Stream.of(SCRIPT.toString(), command, folder.toString()), Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("the script ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    Files.delete(out);
  }

  /** An address of the lab. */
  InetAddress at(String end) {
    return InetAddress.ofLiteral(net + "." + end);
  }

  String text(String end) {
    return net + "." + end;
  }

  /** Where routers report by BMP. */
  InetSocketAddress station() {
    return new InetSocketAddress(at("0.9"), BMP_PORT);
  }

  /** Where routers open sessions. */
  InetSocketAddress speaker() {
    return new InetSocketAddress(at("0.9"), BGP_PORT);
  }

  /** Where route origins are served. */
  InetSocketAddress cache() {
    return new InetSocketAddress(at("0.3"), RTR_PORT);
  }

  @Override
  public void close() throws IOException {
    script("down");
  }
}
