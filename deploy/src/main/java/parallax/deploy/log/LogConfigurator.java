package parallax.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * What is logged, and where: all of ours from {@code -Dparallax.log} on ({@code INFO}), of the
 * libraries what nobody else tells. In Java, as a file of Logback's would bring its reader and one
 * of XML into every start: one class in seven of a probe. Whoever names such a file by {@code
 * -Dlogback.configurationFile} gets it.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /** The name of what writes all lines. */
  public static final String APPENDER = "STDERR";

  /** The name of the logger of all that is ours. */
  public static final String OURS = "parallax";

  private static final String OWN_FILE = "logback.configurationFile";
  private static final String FROM = "parallax.log";

  private static final Map<String, Level> OF_LIBRARIES =
      Map.of(
          Logger.ROOT_LOGGER_NAME,
          Level.WARN,
          // A machine without a network is a finding of ours, not a trace of Netty's.
          "io.netty",
          Level.ERROR,
          // What hostile servers do to HTTP/2 is a result of a check, not a stack trace.
          "io.netty.handler.codec.http2",
          Level.OFF,
          // A database that is away is reported once, by whoever wants something from it.
          "com.zaxxer.hikari",
          Level.ERROR,
          // Why a configuration could not be fetched is told once, by whoever wanted it.
          "org.eclipse.jgit.internal.transport.sshd",
          Level.OFF,
          // Members say themselves who comes and goes; Hazelcast's advice on flags is known.
          "com.hazelcast.instance.impl.HazelcastInstanceFactory",
          Level.ERROR);

  /** Found by name, in {@code META-INF/services}. */
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(OWN_FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LogLayout layout = new LogLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    OF_LIBRARIES.forEach((name, level) -> context.getLogger(name).setLevel(level));
    context.getLogger(OURS).setLevel(Level.toLevel(System.getProperty(FROM), Level.INFO));
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
