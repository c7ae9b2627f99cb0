package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parallax.config.policy.Maintenance;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.view.Words;

/** When nobody is told: silences that people made, and maintenance as it is configured. */
public final class SilencesPage {
  /** More of either than this are only in the API or the configuration. */
  static final int MAX_ROWS = 200;

  /** How far ahead maintenance is shown. */
  static final Duration AHEAD = Duration.ofDays(7);

  /** Windows of one maintenance that are shown. */
  static final int MAX_WINDOWS = 3;

  /** Of one that comes more often in that time, the first ones are not found. */
  private static final int MAX_ASKED = 2000;

  private final Frame frame;

  public SilencesPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * The page, in HTML.
   *
   * @param silences that are not over, the first to begin first
   */
  public String render(List<Silence> silences, List<Maintenance> maintenance, Instant now) {
    StringBuilder html = new StringBuilder(4096);
    html.append("<h1>Silences and maintenance</h1>")
        .append("<p class=\"note\">Nobody is told of these targets meanwhile; what is watched and ")
        .append("decided goes on.</p>");
    silences(html, silences, now);
    maintenance(html, maintenance, now);
    return frame.around(new Frame.About("Silences and maintenance", "/silences"), html);
  }

  private static void silences(StringBuilder html, List<Silence> all, Instant now) {
    html.append("<section aria-labelledby=\"silences\"><h2 id=\"silences\">Silences</h2>");
    List<Silence> shown =
        all.stream().filter(silence -> silence.end().isAfter(now)).limit(MAX_ROWS).toList();
    if (shown.isEmpty()) {
      html.append("<p>None.</p></section>\n");
      return;
    }
    html.append(
        Html.table(
            "Silences that are not over", "State", "Targets", "From", "Until", "Who", "Why"));
    for (Silence silence : shown) {
      html.append("<tr>" + cell("State", silence.covers(now) ? "in force" : "to come"))
          .append(
              cell(
                  "Targets",
                  String.join(", ", silence.match().stream().map(SilencesPage::matcher).toList())))
          .append(markup("From", time(silence.from())) + markup("Until", time(silence.end())))
          .append(cell("Who", silence.who()) + cell("Why", silence.reason()) + "</tr>\n");
    }
    html.append("</tbody></table><p>As JSON: <a href=\"/api/v1/silences\">silences</a></p>")
        .append("</section>\n");
  }

  private static String matcher(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.OneOf(String label, List<String> values) ->
          label + ": " + String.join(" or ", values);
      case LabelMatcher.Like(String label, var pattern) -> label + " ~ " + pattern.pattern();
    };
  }

  private static void maintenance(StringBuilder html, List<Maintenance> all, Instant now) {
    html.append("<section aria-labelledby=\"mt\"><h2 id=\"mt\">Maintenance</h2>");
    if (all.isEmpty()) {
      html.append("<p>None is configured.</p></section>\n");
      return;
    }
    html.append(
        Html.table(
            "As configured, with the windows of the next " + AHEAD.toDays() + " days",
            "Name",
            "Targets",
            "Now",
            "Windows"));
    for (Maintenance each : all.stream().limit(MAX_ROWS).toList()) {
      List<String> labels = new ArrayList<>();
      for (Map.Entry<String, String> label : each.match().entrySet()) {
        labels.add(label.getKey() + ": " + label.getValue());
      }
      html.append("<tr>" + cell("Name", each.name()))
          .append(cell("Targets", labels.isEmpty() ? "all" : String.join(", ", labels)))
          .append(
              each.end(now)
                  .map(end -> markup("Now", "in force until " + time(end)))
                  .orElse(cell("Now", "no")))
          .append(markup("Windows", windows(each, now)) + "</tr>\n");
    }
    html.append("</tbody></table></section>");
  }

  private static String windows(Maintenance maintenance, Instant now) {
    List<String> next =
        maintenance.windows(now, now.plus(AHEAD), MAX_ASKED).reversed().stream()
            .limit(MAX_WINDOWS)
            .map(
                window ->
                    time(window.from())
                        + " for "
                        + Words.of(Duration.between(window.from(), window.until())))
            .toList();
    return next.isEmpty() ? "none" : String.join("<br>", next);
  }
}
