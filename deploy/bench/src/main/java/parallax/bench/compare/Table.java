package parallax.bench.compare;

import java.util.List;

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

  @Override
  public String toString() {
    return text.toString();
  }
}
