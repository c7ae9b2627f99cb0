package parallax.bench.compare;

import java.util.List;
import java.util.Locale;

/** Rows of cells as Markdown. */
final class Table {
  private final StringBuilder text = new StringBuilder();

  Table(List<String> headings) {
    add(headings);
    text.append("|---".repeat(headings.size())).append("|\n");
  }

  void add(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A number with two or three digits that count. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
