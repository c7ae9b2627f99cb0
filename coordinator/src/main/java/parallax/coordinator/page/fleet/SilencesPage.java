package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.config.policy.Maintenance;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.deed.DeedForms;
import parallax.coordinator.page.deed.Filled;
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

  /** How long one lasts when nothing else is said. */
  private static final String USUAL = "2h";

  private final Frame frame;

  public SilencesPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * What is shown.
   *
   * @param silences that are not over, the first to begin first
   * @param visitor who looks
   * @param target of which a silence is to be made; empty: of none that is known yet
   */
  public record Shown(
      List<Silence> silences,
      List<Maintenance> maintenance,
      Instant now,
      Visitor visitor,
      Optional<String> target) {
    public Shown {
      silences = List.copyOf(silences);
      maintenance = List.copyOf(maintenance);
    }
  }

  /** The page, in HTML. */
  public String render(Shown shown) {
    boolean may = shown.visitor().may(Role.OPERATOR);
    StringBuilder html = new StringBuilder(4096);
    html.append("<h1>Silences and maintenance</h1>")
        .append("<p class=\"note\">Nobody is told of these targets meanwhile; what is watched and ")
        .append("decided goes on.</p>");
    silences(html, shown.silences(), shown.now(), may);
    if (may) {
      made(html, shown);
    }
    maintenance(html, shown.maintenance(), shown.now());
    return frame.around(new Frame.About("Silences and maintenance", "/silences", !may), html);
  }

  private static void made(StringBuilder html, Shown shown) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(DeedForms.DURATION, USUAL);
    shown.target().ifPresent(name -> values.put(DeedForms.MATCH, "target=" + name));
    html.append("<section aria-labelledby=\"new\"><h2 id=\"new\">Silence targets</h2>")
        .append(DeedForms.silence(shown.visitor(), new Filled(values, Optional.empty())))
        .append("</section>\n");
  }

  private static void silences(StringBuilder html, List<Silence> all, Instant now, boolean may) {
    html.append("<section aria-labelledby=\"silences\"><h2 id=\"silences\">Silences</h2>");
    List<Silence> shown =
        all.stream().filter(silence -> silence.end().isAfter(now)).limit(MAX_ROWS).toList();
    if (shown.isEmpty()) {
      html.append("<p>None.</p></section>\n");
      return;
    }
    html.append(
        Html.table(
            "Silences that are not over",
            may
                ? new String[] {"State", "Targets", "From", "Until", "Who", "Why", "End"}
                : new String[] {"State", "Targets", "From", "Until", "Who", "Why"}));
    for (Silence silence : shown) {
      html.append("<tr>" + cell("State", silence.covers(now) ? "in force" : "to come"))
          .append(
              cell(
                  "Targets",
                  String.join(", ", silence.match().stream().map(SilencesPage::matcher).toList())))
          .append(markup("From", time(silence.from())) + markup("Until", time(silence.end())))
          .append(cell("Who", silence.who()) + cell("Why", silence.reason()))
          .append(may ? markup("End", DeedForms.end(silence.id())) : "")
          .append("</tr>\n");
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
