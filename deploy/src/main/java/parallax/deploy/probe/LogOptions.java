package parallax.deploy.probe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import parallax.deploy.log.LogConfigurator;
import picocli.CommandLine.Option;

/** What is told of a probe's work, and how; the exporter's options. */
final class LogOptions {
  /** From which severity on; as Logback calls them. */
  private enum Severity {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** How a message is written. */
  private enum Form {
    /** Time, severity, and what was said as key=value. */
    LOGFMT,
    /** A JSON object a line. */
    JSON
  }

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      description = "What is logged: debug, info, warn or error. Default: info.")
  private @Nullable Severity severity;

  @Option(
      names = "--log.format",
      paramLabel = "FORMAT",
      description = "How: logfmt, a line of key=value; or json. Default: logfmt.")
  private Form form = Form.LOGFMT;

  /** Logs so from now on. */
  void apply() {
    Optional.ofNullable(severity).ifPresent(LogOptions::from);
    if (form == Form.JSON
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogConfigurator.APPENDER)
            instanceof OutputStreamAppender<ILoggingEvent> appender) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.setWithFormattedMessage(true);
      encoder.start();
      appender.stop();
      appender.setEncoder(encoder);
      appender.start();
    }
  }

  private static void from(Severity severity) {
    if (LoggerFactory.getLogger(LogConfigurator.OURS) instanceof Logger logger) {
      logger.setLevel(Level.valueOf(severity.name()));
    }
  }
}
