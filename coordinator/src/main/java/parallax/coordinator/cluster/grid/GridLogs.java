package parallax.coordinator.cluster.grid;

import com.hazelcast.logging.AbstractLogger;
import com.hazelcast.logging.ILogger;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LoggerFactory;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * Hazelcast's own words, without the cluster's name, which it puts into many of them. It makes the
 * factory itself, by the name in {@code hazelcast.logging.class}.
 */
public final class GridLogs implements LoggerFactory {
  /** What a cluster's name looks like: see {@code ClusterName}. */
  private static final Pattern NAME =
      Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{32,64}(?![0-9a-fA-F])");

  private static final String PROPERTY = "hazelcast.logging.class";

  /** Has Hazelcast log here; for the whole process, before it starts. */
  static void install() {
    System.setProperty(PROPERTY, GridLogs.class.getName());
  }

  @Override
  public ILogger getLogger(String name) {
    return new Redacting(org.slf4j.LoggerFactory.getLogger(name));
  }

  static String redacted(String text) {
    return NAME.matcher(text).replaceAll("***");
  }

  private static final class Redacting extends AbstractLogger {
    private final Logger log;

    Redacting(Logger log) {
      this.log = log;
    }

    @Override
    public void log(Level level, String message) {
      log.atLevel(of(level)).log(redacted(message));
    }

    @Override
    public void log(Level level, String message, Throwable thrown) {
      if (thrown == null || !NAME.matcher(thrown.toString()).find()) {
        log.atLevel(of(level)).setCause(thrown).log(redacted(message));
      } else {
        log.atLevel(of(level)).log("{}: {}", redacted(message), redacted(thrown.toString()));
      }
    }

    @Override
    @SuppressWarnings("removal") // the interface still asks for it
    public void log(LogEvent event) {
      log(
          event.getLogRecord().getLevel(),
          event.getLogRecord().getMessage(),
          event.getLogRecord().getThrown());
    }

    @Override
    public Level getLevel() {
      return Level.INFO;
    }

    @Override
    public boolean isLoggable(Level level) {
      return !level.equals(Level.OFF) && log.isEnabledForLevel(of(level));
    }

    /** Hazelcast tells people at INFO what programmers want to know. */
    private static org.slf4j.event.Level of(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return org.slf4j.event.Level.ERROR;
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return org.slf4j.event.Level.WARN;
      }
      return level.intValue() >= Level.INFO.intValue()
          ? org.slf4j.event.Level.DEBUG
          : org.slf4j.event.Level.TRACE;
    }
  }
}
