package parallax.deploy.demo;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import parallax.deploy.terminal.Style;

/** What the terminal shows, line by line. Safe from any thread. */
final class Screen {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final PrintWriter out;
  private final Style style;
  private final InstantSource clock;

  Screen(PrintWriter out, Style style, InstantSource clock) {
    this.out = out;
    this.style = style;
    this.clock = clock;
  }

  Style style() {
    return style;
  }

  synchronized void print(String line) {
    out.println(line);
    out.flush();
  }

  synchronized void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  /** With the time of day; what comes from elsewhere cannot move the cursor. */
  void log(String line) {
    String time = CLOCK.format(clock.instant().atZone(ZoneId.systemDefault()));
    print(style.faint(time) + "  " + line);
  }

  /** Text of others as one line without control characters. */
  static String plain(String text) {
    return text.replaceAll("\\p{C}", " ");
  }
}
