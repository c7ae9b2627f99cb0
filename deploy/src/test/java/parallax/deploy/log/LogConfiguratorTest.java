package parallax.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each test is a process: what is logged is settled once for all of one. */
final class LogConfiguratorTest {
  private static final long SECONDS = 60;

  @TempDir Path folder;

  @Test
  void oursIsLoggedFromInfoOnAndOfLibrariesWhatNobodyElseTells() throws Exception {
    assertThat(logged())
        .doesNotContain("debug")
        .contains("INFO  X parallax.X info", "ERROR X parallax.X error")
        .contains("WARN  Any other.Any warn")
        .doesNotContain("other.Any info", "io.netty.X warn", "http2.X error", "|-INFO");
  }

  @Test
  void aPropertySaysFromWhichSeverityOn() throws Exception {
    assertThat(logged("-Dparallax.log=DEBUG")).contains("DEBUG X parallax.X debug");
    assertThat(logged("-Dparallax.log=OFF"))
        .doesNotContain("parallax.X")
        .contains("other.Any warn");
  }

  @Test
  void aFileOfLogbackIsReadWhereOneIsNamed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("own.xml"),
            "<configuration><appender name='A' class='ch.qos.logback.core.ConsoleAppender'>"
                + "<target>System.err</target><encoder><pattern>own %msg%n</pattern></encoder>"
                + "</appender><root level='ERROR'><appender-ref ref='A'/></root></configuration>");
    assertThat(logged("-Dlogback.configurationFile=" + file).lines())
        .containsExactly(
            "own parallax.X error",
            "own other.Any error",
            "own io.netty.X error",
            "own io.netty.handler.codec.http2.X error");
  }

  @Test
  void noReaderOfXmlComesWithAStart() throws Exception {
    assertThat(logged("-Xlog:class+load:stderr"))
        .contains(LogLayout.class.getName())
        .doesNotContain("ch.qos.logback.classic.joran", "org.xml.sax");
  }

  private static String logged(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LogConfiguratorTest.class.getName()));
    Process child =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream said = child.getErrorStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return text;
    } finally {
      child.destroyForcibly();
    }
  }

  /** What a child logs. */
  static void main() {
    for (String name :
        List.of("parallax.X", "other.Any", "io.netty.X", "io.netty.handler.codec.http2.X")) {
      Logger logger = LoggerFactory.getLogger(name);
      logger.debug("{} debug", name);
      logger.info("{} info", name);
      logger.warn("{} warn", name);
      logger.error("{} error", name);
    }
  }
}
