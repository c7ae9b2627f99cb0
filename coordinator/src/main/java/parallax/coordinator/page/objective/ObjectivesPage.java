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
import java.util.OptionalDouble;
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
import parallax.coordinator.words.Say;

/** All objectives, those with the least left of their error budget first. */
public final class ObjectivesPage {
  /** Rows on one page. */
  public static final int PAGE = 200;

  /** Pages beyond this are not shown. */
  public static final int MAX_PAGE = 1000;

  private final Frame frame;
  private final Say say;

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
    say = frame.say();
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Part part) {
    List<Row> rows = rows(snapshot, part.label());
    StringBuilder html = new StringBuilder(16_384);
    String month = link(month(snapshot.at()), say.of("objectives.month"));
    html.append("<h1>" + say.html("nav.objectives") + "</h1><p class=\"note\">")
        .append(say.html("objectives.note", month) + "</p>");
    form(html, part);
    int from = Math.min(rows.size(), part.page() * PAGE);
    List<Row> shown = rows.subList(from, Math.min(rows.size(), from + PAGE));
    html.append(
            "<p role=\"status\">"
                + say.html(Say.form("objectives.count", rows.size()), rows.size()))
        .append("</p>");
    if (!shown.isEmpty()) {
      table(html, shown, snapshot.at());
    }
    html.append("<p>");
    html.append(part.page() > 0 ? link(part.place(part.page() - 1), say.of("before")) + " " : "");
    boolean more = from + PAGE < rows.size() && part.page() < MAX_PAGE;
    html.append(more ? link(part.place(part.page() + 1), say.of("next", PAGE)) : "").append("</p>");
    return frame.around(new Frame.About(say.of("nav.objectives"), "/objectives", false), html);
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

  private void form(StringBuilder html, Part part) {
    html.append("<form class=\"filter\" action=\"/objectives\" method=\"get\" role=\"search\">")
        .append("<label>" + say.html("form.label") + " <input name=\"label\" maxlength=\"")
        .append(LabelFilter.MAX_LABEL + "\" value=\"" + escaped(part.label().label()))
        .append("\"></label><button>" + say.html("form.search") + "</button></form>\n");
  }

  private void table(StringBuilder html, List<Row> rows, Instant now) {
    html.append(
        Html.table(
            say,
            say.of("objectives.least"),
            "target",
            "aim",
            "share",
            "objective",
            "left",
            column(BurnWindow.HOUR),
            column(BurnWindow.SIX_HOURS),
            column(BurnWindow.THREE_DAYS)));
    for (Row row : rows) {
      String name = row.view().target().name().value();
      ErrorBudget budget = row.budget();
      ObjectivePart part = new ObjectivePart(budget, say);
      html.append("<tr>" + markup(say, "target", link(ofTarget(name), name)))
          .append(cell(say, "aim", part.target()))
          .append(cell(say, "share", part.share()))
          .append(cell(say, "objective", part.verdict()))
          .append(cell(say, "left", part.left()));
      for (BurnWindow window : BurnWindow.values()) {
        OptionalDouble rate =
            ErrorBudget.burnRate(row.view(), budget.objective(), window, now, row.maintenance());
        html.append(cell(say, column(window), part.rate(rate)));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table>");
  }

  private static String column(BurnWindow window) {
    return switch (window) {
      case HOUR -> "hour";
      case SIX_HOURS -> "sixhours";
      case THREE_DAYS -> "threedays";
    };
  }
}
