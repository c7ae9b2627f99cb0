package parallax.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LogLayoutTest {
  private static final Instant THEN = Instant.parse("2026-11-20T08:09:10.120456Z");

  private final LoggerContext context = new LoggerContext();

  @Test
  void anEventIsOneLineOfTimeSeverityWhoAndWhat() {
    assertThat(line(Level.WARN, "uplink={} after={}", null, "lost", 3))
        .isEqualTo("2026-11-20T08:09:10.120Z WARN  Uplink uplink=lost after=3\n");
    assertThat(line(Level.ERROR, "no", null)).startsWith("2026-11-20T08:09:10.120Z ERROR Uplink");
  }

  @Test
  void whatOthersSentNeitherBeginsALineNorTurnsOne() {
    String hostile =
        "a\r\nERROR all is lost\u001b[31m\u0085\u2028\u202eb\u2066c\u0000d \u65e5 \u00e4";
    String line = line(Level.INFO, "said={}", null, hostile);
    assertThat(line)
        .endsWith("said=a  ERROR all is lost [31m   b c d \u65e5 \u00e4\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void whatIsTooLongIsCutAndCounted() {
    String most = "a".repeat(LogLayout.MAX_TEXT);
    assertThat(line(Level.INFO, most, null)).endsWith("a\n");
    assertThat(line(Level.INFO, most + "bcd", null)).endsWith("a… and 3 characters more\n");
    assertThat(line(Level.ERROR, "x", new IOException(most + "bcd")))
        .contains("a… and 3 characters more\n\tat ");
  }

  @Test
  void aFailureTellsItsCausesAndWhereTheyHappened() {
    IOException cause = new IOException("closed\nby peer");
    String[] lines = line(Level.ERROR, "x", new IllegalStateException(cause)).split("\n");
    assertThat(lines).hasSize(5);
    assertThat(lines[1])
        .isEqualTo("java.lang.IllegalStateException: java.io.IOException: closed by peer");
    assertThat(lines[2]).startsWith("\tat parallax.deploy.log.LogLayoutTest.aFailureTells");
    assertThat(lines[3]).isEqualTo("Caused by: java.io.IOException: closed by peer");
    assertThat(lines[4]).startsWith("\tat parallax.deploy.log.LogLayoutTest.aFailureTells");
  }

  @Test
  void aFailureWithCausesWithoutEndIsBounded() {
    Throwable failure = new IOException("0");
    for (int depth = 1; depth < 100; depth++) {
      failure = new IOException("" + depth, failure);
    }
    assertThat(line(Level.ERROR, "x", failure).split("Caused by", -1)).hasSize(8);
  }

  private String line(
      Level level, @Nullable String said, @Nullable Throwable failure, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            "any", context.getLogger("parallax.probe.Uplink"), level, said, failure, arguments);
    event.setInstant(THEN);
    return new LogLayout().doLayout(event);
  }
}
