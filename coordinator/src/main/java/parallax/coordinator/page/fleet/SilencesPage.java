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
import parallax.coordinator.words.Say;

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
  private final Say say;

  public SilencesPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
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
    html.append("<h1>" + say.html("silences.title") + "</h1><p class=\"note\">")
        .append(say.html("silences.note") + "</p>");
    silences(html, shown, may);
    if (may) {
      made(html, shown);
    }
    maintenance(html, shown.maintenance(), shown.now());
    return frame.around(new Frame.About(say.of("silences.title"), "/silences", !may), html);
  }

  private void made(StringBuilder html, Shown shown) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(DeedForms.DURATION, USUAL);
    shown.target().ifPresent(name -> values.put(DeedForms.MATCH, "target=" + name));
    html.append("<section aria-labelledby=\"new\"><h2 id=\"new\">")
        .append(say.html("silences.new") + "</h2>")
        .append(new DeedForms(shown.visitor()).silence(new Filled(values, Optional.empty())))
        .append("</section>\n");
  }

  private void silences(StringBuilder html, Shown given, boolean may) {
    Instant now = given.now();
    html.append("<section aria-labelledby=\"silences\"><h2 id=\"silences\">")
        .append(say.html("nav.silences") + "</h2>");
    List<Silence> shown =
        given.silences().stream()
            .filter(silence -> silence.end().isAfter(now))
            .limit(MAX_ROWS)
            .toList();
    if (shown.isEmpty()) {
      html.append("<p>" + say.html("none") + "</p></section>\n");
      return;
    }
    html.append(
        Html.table(
            say,
            say.of("silences.notOver"),
            may
                ? new String[] {"state", "targets", "from", "until", "who", "why", "end"}
                : new String[] {"state", "targets", "from", "until", "who", "why"}));
    DeedForms forms = new DeedForms(given.visitor());
    for (Silence silence : shown) {
      html.append(
              "<tr>"
                  + cell(
                      say,
                      "state",
                      say.of(silence.covers(now) ? "silences.inForce" : "silences.toCome")))
          .append(
              cell(
                  say,
                  "targets",
                  String.join(
                      say.of("list.comma"), silence.match().stream().map(this::matcher).toList())))
          .append(
              markup(say, "from", time(silence.from())) + markup(say, "until", time(silence.end())))
          .append(cell(say, "who", silence.who()) + cell(say, "why", silence.reason()))
          .append(may ? markup(say, "end", forms.end(silence.id())) : "")
          .append("</tr>\n");
    }
    html.append("</tbody></table><p>" + say.html("json") + " <a href=\"/api/v1/silences\">")
        .append(say.html("json.silences") + "</a></p></section>\n");
  }

  private String matcher(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.OneOf(String label, List<String> values) ->
          label + ": " + String.join(say.of("list.or"), values);
      case LabelMatcher.Like(String label, var pattern) -> label + " ~ " + pattern.pattern();
    };
  }

  private void maintenance(StringBuilder html, List<Maintenance> all, Instant now) {
    html.append("<section aria-labelledby=\"mt\"><h2 id=\"mt\">")
        .append(say.html("maintenance.title") + "</h2>");
    if (all.isEmpty()) {
      html.append("<p>" + say.html("maintenance.none") + "</p></section>\n");
      return;
    }
    html.append(
        Html.table(
            say,
            say.of("maintenance.caption", AHEAD.toDays()),
            "name",
            "targets",
            "now",
            "windows"));
    for (Maintenance each : all.stream().limit(MAX_ROWS).toList()) {
      List<String> labels = new ArrayList<>();
      for (Map.Entry<String, String> label : each.match().entrySet()) {
        labels.add(label.getKey() + ": " + label.getValue());
      }
      html.append("<tr>" + cell(say, "name", each.name()))
          .append(
              cell(
                  say,
                  "targets",
                  labels.isEmpty() ? say.of("maintenance.all") : String.join(", ", labels)))
          .append(
              each.end(now)
                  .map(end -> markup(say, "now", say.html("maintenance.until", time(end))))
                  .orElse(cell(say, "now", say.of("no"))))
          .append(markup(say, "windows", windows(each, now)) + "</tr>\n");
    }
    html.append("</tbody></table></section>");
  }

  private String windows(Maintenance maintenance, Instant now) {
    List<String> next =
        maintenance.windows(now, now.plus(AHEAD), MAX_ASKED).reversed().stream()
            .limit(MAX_WINDOWS)
            .map(
                window ->
                    say.html(
                        "maintenance.window",
                        time(window.from()),
                        say.core().of(Duration.between(window.from(), window.until()))))
            .toList();
    return next.isEmpty() ? say.html("maintenance.noWindow") : String.join("<br>", next);
  }
}
