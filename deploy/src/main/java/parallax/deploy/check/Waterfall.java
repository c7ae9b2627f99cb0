package parallax.deploy.check;

import java.time.Duration;
import java.util.List;
import parallax.deploy.terminal.Style;
import parallax.deploy.terminal.Times;

/** Draws layers as text: a mark, what was seen, how long it took, and when. */
final class Waterfall {
  /** How many characters the whole time takes. */
  static final int WIDTH = 30;

  private static final int LAYER_WIDTH = 8;
  private static final int SEEN_WIDTH = 50;

  private Waterfall() {}

  /** One line for each layer. */
  static List<String> lines(List<LayerRow> rows, Style style) {
    Duration total = rows.stream().map(LayerRow::time).reduce(Duration.ZERO, Duration::plus);
    int width =
        rows.stream().mapToInt(row -> row.layer().name().length()).reduce(LAYER_WIDTH, Math::max);
    return rows.stream().map(row -> line(row, width, total, style)).toList();
  }

  private static String line(LayerRow row, int width, Duration total, Style style) {
    boolean skipped = row.state() == LayerRow.State.SKIPPED;
    String seen = row.finding().map(finding -> finding.words()).orElse(row.seen());
    String time = skipped || row.time().isZero() ? "" : Times.precise(row.time());
    String text =
        String.format(
            "%s %s %s %9s  %s",
            row.layer() + " ".repeat(width - row.layer().name().length()),
            mark(row, style),
            padded(seen, row, style),
            time,
            bar(row, total, style));
    return text.stripTrailing();
  }

  private static String mark(LayerRow row, Style style) {
    return switch (row.state()) {
      case UP -> style.good("✔");
      case DEGRADED -> style.warning("!");
      case DOWN -> style.bad("✘");
      case INCONCLUSIVE -> style.warning("?");
      case SKIPPED -> style.faint("·");
    };
  }

  private static String padded(String seen, LayerRow row, Style style) {
    String shown = seen.isEmpty() && row.state() == LayerRow.State.SKIPPED ? "not reached" : seen;
    String padding = " ".repeat(Math.max(0, SEEN_WIDTH - shown.length()));
    return switch (row.state()) {
          case UP -> shown;
          case DEGRADED, INCONCLUSIVE -> style.warning(shown);
          case DOWN -> style.bad(shown);
          case SKIPPED -> style.faint(shown);
        }
        + padding;
  }

  private static String bar(LayerRow row, Duration total, Style style) {
    if (total.isZero() || row.time().isZero()) {
      return "";
    }
    int from = Math.min(WIDTH - 1, cells(row.start(), total));
    int to = Math.max(from + 1, Math.min(WIDTH, cells(row.start().plus(row.time()), total)));
    return " ".repeat(from) + style.faint("█".repeat(to - from));
  }

  private static int cells(Duration time, Duration total) {
    return (int) (time.toNanos() * WIDTH / total.toNanos());
  }
}
