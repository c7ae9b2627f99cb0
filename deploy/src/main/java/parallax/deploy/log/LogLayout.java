package parallax.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An event as one line: time (UTC, RFC 3339, milliseconds), severity, who says it, what is said. A
 * failure adds a line for each of its causes, with where it happened. What others sent may be in
 * all of it: it can neither begin a line of its own, nor turn the direction of one, nor be endless.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final int SEVERITY = 5;
  private static final int USUAL_LENGTH = 160;
  private static final int MAX_CAUSES = 8;

  /** Characters of one text; the rest is counted. */
  static final int MAX_TEXT = 8192;

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(USUAL_LENGTH);
    TIME.formatTo(event.getInstant(), line);
    String severity = event.getLevel().toString();
    line.append(' ')
        .append(severity)
        .repeat(' ', Math.max(0, SEVERITY - severity.length()))
        .append(' ')
        .append(simple(event.getLoggerName()))
        .append(' ');
    clean(event.getFormattedMessage(), line);
    line.append('\n');
    causes(event.getThrowableProxy(), line);
    return line.toString();
  }

  private static void causes(@Nullable IThrowableProxy failure, StringBuilder lines) {
    IThrowableProxy cause = failure;
    String relation = "";
    for (int left = MAX_CAUSES; cause != null && left > 0; left--) {
      lines.append(relation).append(cause.getClassName());
      if (cause.getMessage() != null) {
        lines.append(": ");
        clean(cause.getMessage(), lines);
      }
      lines.append('\n');
      if (cause.getStackTraceElementProxyArray().length > 0) {
        lines.append('\t').append(cause.getStackTraceElementProxyArray()[0]).append('\n');
      }
      relation = "Caused by: ";
      cause = cause.getCause();
    }
  }

  private static String simple(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void clean(@Nullable String said, StringBuilder line) {
    String text = String.valueOf(said);
    int end = Math.min(text.length(), MAX_TEXT);
    for (int at = 0; at < end; at++) {
      char one = text.charAt(at);
      line.append(isHarmless(one) ? one : ' ');
    }
    if (end < text.length()) {
      line.append("… and ").append(text.length() - end).append(" characters more");
    }
  }

  /** Whether it is none of the control characters, line separators and overrides of direction. */
  private static boolean isHarmless(char one) {
    return switch (Character.getType(one)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> !(one >= '\u202a' && one <= '\u202e') && !(one >= '\u2066' && one <= '\u2069');
    };
  }
}
