package parallax.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as users run it: what it says, how it ends, and that nothing is left of it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DemoIT {
  private static final Duration WHILE = Duration.ofMinutes(4);
  private static final Duration GONE = Duration.ofSeconds(30);

  private static final String FACEBOOK =
      "GLOBAL, BGP: routes withdrawn, culprit asn:32934, hit: facebook, instagram, whatsapp";

  @TempDir Path temporary;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    for (Process demo : started) {
      demo.descendants().forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
    }
  }

  private Process demo(String... arguments) throws IOException {
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
                System.getProperty("java.class.path"),
                "parallax.deploy.ParallaxMain",
                "demo",
                "--listen",
                "127.0.0.1:0"));
    command.addAll(List.of(arguments));
    Process demo = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(demo);
    return demo;
  }

  /** Reads until a line begins with that; what was read. */
  private static List<String> until(BufferedReader out, String beginning) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith(beginning)) {
        return lines;
      }
    }
    throw new AssertionError("ended before '" + beginning + "': " + lines);
  }

  private void assertNothingIsLeft(List<ProcessHandle> processes) throws IOException {
    Awaitility.await("all processes end")
        .atMost(GONE)
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.toString().contains("parallax"))).isEmpty();
    }
  }

  @Test
  void facebookFromBreakToRecovery() throws Exception {
    Process demo = demo("--script", "facebook");
    try (BufferedReader out = demo.inputReader()) {
      List<String> said = until(out, "All is well");
      assertThat(said.getFirst()).startsWith("Page: http://127.0.0.1:");
      List<ProcessHandle> processes = demo.descendants().toList();
      assertThat(processes).hasSize(5);
      said.addAll(until(out, "RECOVERED facebook"));
      assertThat(demo.waitFor(WHILE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).as(String.join("\n", said)).isZero();
      assertThat(said)
          .anyMatch(line -> line.startsWith("VERDICT   facebook") && line.endsWith(FACEBOOK))
          .anyMatch(line -> line.contains("127.129.30.0/24 (a.ns.facebook.com 127.129.30.12)"))
          .anyMatch(line -> line.contains("PHONE opened: facebook and 2 more"))
          .anyMatch(line -> line.contains("PHONE resolved: facebook and 2 more"));
      assertNothingIsLeft(processes);
    }
  }

  @Test
  void obeysTheMenuAndEndsWithIt() throws Exception {
    Process demo = demo();
    try (BufferedReader out = demo.inputReader();
        BufferedWriter in = demo.outputWriter()) {
      until(out, "  q  quit");
      List<ProcessHandle> processes = demo.descendants().toList();
      in.write("nonsense\n3\n");
      in.flush();
      List<String> said = until(out, "VERDICT   fastly");
      assertThat(said).anyMatch(line -> line.contains("'nonsense'"));
      assertThat(said.getLast())
          .contains("HTTP", "culprit cdn:fastly, hit: guardian, nytimes, reddit");
      in.write("m\nq\n");
      in.flush();
      assertThat(demo.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isZero();
      assertNothingIsLeft(processes);
    }
  }

  @Test
  void itsProcessesEndWithItHoweverItEnds() throws Exception {
    Process demo = demo("--script", "facebook");
    try (BufferedReader out = demo.inputReader()) {
      until(out, "A small internet");
    }
    List<ProcessHandle> processes = demo.descendants().toList();
    assertThat(processes).hasSize(5);
    assertThat(demo.destroyForcibly().waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Awaitility.await("all processes end")
        .atMost(GONE)
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    try (DemoFolder _ = DemoFolder.in(temporary)) {
      try (Stream<Path> folders = Files.list(temporary)) {
        assertThat(folders.filter(path -> path.toString().contains("parallax-demo"))).hasSize(1);
      }
    }
    assertNothingIsLeft(processes);
  }
}
