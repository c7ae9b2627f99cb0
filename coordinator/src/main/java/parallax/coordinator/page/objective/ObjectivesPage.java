package parallax.coordinator.page.objective;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.ofTarget;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.maintenance.Windows;
import parallax.coordinator.view.objective.BurnWindow;
import parallax.coordinator.view.objective.ErrorBudget;

/** All objectives, those with the least left of their error budget first. */
public final class ObjectivesPage {
  /** Rows on one page. */
  public static final int PAGE = 200;

  /** Pages beyond this are not shown. */
  public static final int MAX_PAGE = 1000;

  private final Frame frame;

  /**
   * Which part of it.
   *
   * @param page the first is 0, at most {@link #MAX_PAGE}
   */
  public record Part(LabelFilter label, int page) {
    private String place(int other) {
      String query = label.label().isEmpty() ? "?" : "?label=" + encoded(label.label()) + "&";
      return "/objectives" + query + "page=" + other;
    }
  }

  private record Row(TargetView view, ErrorBudget budget, Spans maintenance) {
    /** What is not known comes last. */
    double left() {
      return budget.leftRatio().orElse(Double.MAX_VALUE);
    }
  }

  public ObjectivesPage(Frame frame) {
    this.frame = frame;
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Part part) {
    List<Row> rows = rows(snapshot, part.label());
    StringBuilder html = new StringBuilder(16_384);
    html.append("<h1>Objectives</h1><p class=\"note\">How much of the time targets are to be up, ")
        .append("what that allows them to be down, and how much of it is left. Only time of ")
        .append("which is known how it was counts, without maintenance; degraded counts as up. ")
        .append("A burn rate of 1 uses the budget up just at the end of its window. ")
        .append("What a month was like: " + link(month(snapshot.at()), "report") + "</p>");
    form(html, part);
    int from = Math.min(rows.size(), part.page() * PAGE);
    List<Row> shown = rows.subList(from, Math.min(rows.size(), from + PAGE));
    html.append("<p role=\"status\">" + rows.size())
        .append(rows.size() == 1 ? " target has an objective" : " targets have an objective")
        .append("</p>");
    if (!shown.isEmpty()) {
      table(html, shown, snapshot.at());
    }
    html.append("<p>");
    html.append(part.page() > 0 ? link(part.place(part.page() - 1), "Before") + " " : "");
    boolean more = from + PAGE < rows.size() && part.page() < MAX_PAGE;
    html.append(more ? link(part.place(part.page() + 1), "The next " + PAGE) : "").append("</p>");
    return frame.around(new Frame.About("Objectives", "/objectives", false), html);
  }

  /** The report of the month that ended last. */
  private static String month(Instant now) {
    return "/reports/" + YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(1);
  }

  private static List<Row> rows(Snapshot snapshot, LabelFilter label) {
    Instant now = snapshot.at();
    Windows apart = new Windows(snapshot.configuration().maintenance(), now, Window.LONGEST);
    List<Row> rows = new ArrayList<>();
    for (TargetView view : snapshot.targets()) {
      if (view.target().objective().isPresent() && label.admits(view.target())) {
        Spans spans = apart.of(view.target());
        ErrorBudget.of(view, now, spans).ifPresent(it -> rows.add(new Row(view, it, spans)));
      }
    }
    rows.sort(
        Comparator.comparingDouble(Row::left).thenComparing(row -> row.view().target().name()));
    return rows;
  }

  private static void form(StringBuilder html, Part part) {
    html.append("<form class=\"filter\" action=\"/objectives\" method=\"get\" role=\"search\">")
        .append("<label>Label, as key:value <input name=\"label\" maxlength=\"")
        .append(LabelFilter.MAX_LABEL + "\" value=\"" + escaped(part.label().label()))
        .append("\"></label><button>Search</button></form>\n");
  }

  private static void table(StringBuilder html, List<Row> rows, Instant now) {
    html.append(
        Html.table(
            "Objectives, the least left first",
            "Target",
            "To be up",
            "Is up",
            "Objective",
            "Budget left",
            "Burn rate 1h",
            "6h",
            "3d"));
    for (Row row : rows) {
      String name = row.view().target().name().value();
      ErrorBudget budget = row.budget();
      html.append("<tr>" + markup("Target", link(ofTarget(name), name)))
          .append(cell("To be up", ObjectivePart.target(budget)))
          .append(cell("Is up", ObjectivePart.share(budget.ratio())))
          .append(cell("Objective", ObjectivePart.verdict(budget)))
          .append(cell("Budget left", ObjectivePart.left(budget)));
      for (BurnWindow window : BurnWindow.values()) {
        String rate = ObjectivePart.rate(row.view(), budget, window, now, row.maintenance());
        String head = window == BurnWindow.HOUR ? "Burn rate 1h" : window.label();
        html.append(cell(head, rate));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table>");
  }
}
