package parallax.probe.blackbox.look;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import parallax.config.observation.Printable;

/** What happened in one probe, line by line, as logfmt. Safe for use by many threads. */
public final class ProbeLog {
  /** Further lines are counted, not kept. */
  static final int MAX_LINES = 400;

  private static final int MAX_VALUE = 1_000;

  private final InstantSource clock;
  private final Consumer<String> listener;
  private final StringBuilder text = new StringBuilder();
  private int lines;

  /**
   * An empty one.
   *
   * @param listener is told each line that is kept, without its time and end
   */
  public ProbeLog(InstantSource clock, Consumer<String> listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** Notes what went as it should; then key and value in turn. */
  public void info(String message, Object... facts) {
    line("info", message, facts);
  }

  /** Notes why the probe fails; then key and value in turn. */
  public void error(String message, Object... facts) {
    line("error", message, facts);
  }

  private synchronized void line(String level, String message, Object... facts) {
    lines++;
    if (lines > MAX_LINES) {
      return;
    }
    Instant now = clock.instant();
    text.append("ts=").append(now).append(' ');
    int start = text.length();
    text.append("level=").append(level);
    pair("msg", message);
    for (int at = 0; at + 1 < facts.length; at += 2) {
      pair(String.valueOf(facts[at]).toLowerCase(Locale.ROOT), String.valueOf(facts[at + 1]));
    }
    listener.accept(text.substring(start));
    text.append('\n');
  }

  private void pair(String key, String value) {
    String shown = Printable.bounded(value, MAX_VALUE);
    boolean quoted =
        shown.isEmpty() || shown.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '=' || c > '~');
    text.append(' ').append(key).append('=');
    if (quoted) {
      text.append('"').append(shown.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    } else {
      text.append(shown);
    }
  }

  /** All lines so far. */
  public synchronized String text() {
    return lines > MAX_LINES
        ? text + "(" + (lines - MAX_LINES) + " more lines)\n"
        : text.toString();
  }
}
