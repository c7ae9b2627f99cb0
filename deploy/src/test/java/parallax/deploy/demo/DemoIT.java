package parallax.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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

  /** What a demo says: read by a thread of its own, so that whoever waits in vain says for what. */
  private static final class Said {
    private static final String END = "(the end)";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Said(Process demo) {
      Thread.ofVirtual().start(() -> read(demo));
    }

    private void read(Process demo) {
      try (BufferedReader out = demo.inputReader()) {
        out.lines().forEach(lines::add);
      } catch (IOException | UncheckedIOException e) {
        lines.add(e.toString());
      }
      lines.add(END);
    }

    /** Waits until a line begins with that; what was said so far that nobody had heard. */
    List<String> until(String beginning) throws InterruptedException {
      Instant end = Instant.now().plus(WHILE);
      List<String> heard = new ArrayList<>();
      while (true) {
        Duration left = Duration.between(Instant.now(), end);
        @Nullable String line = lines.poll(left.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || line.equals(END)) {
          return fail("no '" + beginning + "' in:\n" + String.join("\n", heard));
        }
        heard.add(line);
        if (line.startsWith(beginning)) {
          return heard;
        }
      }
    }
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
    Said out = new Said(demo);
    List<String> said = out.until("All is well");
    assertThat(said.getFirst()).startsWith("Page: http://127.0.0.1:");
    List<ProcessHandle> processes = demo.descendants().toList();
    assertThat(processes).hasSize(5);
    said.addAll(out.until("RECOVERED facebook"));
    assertThat(demo.waitFor(WHILE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).as(String.join("\n", said)).isZero();
    assertThat(said)
        .anyMatch(line -> line.startsWith("VERDICT   facebook") && line.endsWith(FACEBOOK))
        .anyMatch(line -> line.contains("127.129.30.0/24 (a.ns.facebook.com 127.129.30.12)"))
        .anyMatch(line -> line.contains("PHONE opened: facebook and 2 more"))
        .anyMatch(line -> line.contains("PHONE resolved: facebook and 2 more"));
    assertNothingIsLeft(processes);
  }

  @Test
  void obeysTheMenuAndEndsWithIt() throws Exception {
    Process demo = demo();
    Said out = new Said(demo);
    try (BufferedWriter in = demo.outputWriter()) {
      out.until("  q  quit");
      List<ProcessHandle> processes = demo.descendants().toList();
      in.write("nonsense\n3\n");
      in.flush();
      List<String> said = out.until("VERDICT   fastly");
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
    new Said(demo).until("A small internet");
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
