package parallax.coordinator.page;

import static parallax.coordinator.page.Html.colour;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Problem;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.drill.Report;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Say;

/** All at a glance: what goes on, how many are how, who looks, and the worst targets first. */
public final class OverviewPage {
  /** More targets than this are only counted. */
  public static final int MAX_ROWS = 100;

  /** More open incidents than this are on their own page. */
  static final int MAX_INCIDENTS = 20;

  /** Of more targets than this the reasons are only on their own pages. */
  static final int MAX_EXPLAINED = 20;

  /** More problems of the configuration than this are only counted. */
  static final int MAX_PROBLEMS = 10;

  private static final List<TargetState> ORDER =
      List.of(TargetState.DOWN, TargetState.DEGRADED, TargetState.UNKNOWN, TargetState.UP);

  private final Frame frame;
  private final Say say;

  public OverviewPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /**
   * The page, in HTML.
   *
   * @param opened the name of a target of which the reasons are shown at once; empty for none
   * @param drill that people may notice now
   */
  public String render(
      Snapshot snapshot, ConfigurationStatus status, String opened, Optional<Report> drill) {
    Map<TargetState, Integer> counts = new EnumMap<>(TargetState.class);
    snapshot.targets().forEach(view -> counts.merge(view.verdict().state(), 1, Integer::sum));
    StringBuilder html = new StringBuilder(4096 + 400 * MAX_ROWS);
    String summary = summary(counts);
    html.append("<h1>" + say.html("nav.overview") + "</h1><p>" + escaped(summary) + " · ")
        .append(say.html("overview.asOf", time(snapshot.at())) + "</p>\n");
    drill.ifPresent(report -> drill(html, report));
    problems(html, status);
    incidents(html, snapshot);
    counters(html, counts);
    OwnSide ownSide = new OwnSide(snapshot, say);
    FleetStrip.write(html, snapshot, ownSide, say);
    ownSide.write(html);
    targets(html, snapshot, opened);
    return frame.around(new Frame.About(summary, "/"), html);
  }

  private void incidents(StringBuilder html, Snapshot snapshot) {
    List<Incident> open =
        snapshot.open().stream()
            .filter(incident -> incident.subject() == Incident.Subject.SERVICE)
            .toList();
    html.append("<section aria-labelledby=\"open\"><h2 id=\"open\">")
        .append(say.html("incidents.openOnes") + "</h2>");
    if (open.isEmpty()) {
      html.append("<p>" + say.html("none") + " <a href=\"/incidents\">")
          .append(say.html("incidents.pastOnes") + "</a></p>");
    }
    new OpenIncidents(say, snapshot.at()).write(html, open, MAX_INCIDENTS);
    if (open.size() > MAX_INCIDENTS) {
      html.append("<p><a href=\"/incidents\">" + say.html("all") + "</a></p>");
    }
    html.append("</section>\n");
  }

  private void counters(StringBuilder html, Map<TargetState, Integer> counts) {
    html.append("<ul class=\"counters\" aria-label=\"" + say.html("overview.byState"))
        .append("\">");
    for (TargetState state : ORDER) {
      html.append("<li><a class=\"state " + colour(state) + "\" href=\"/targets?state=")
          .append(colour(state) + "\">" + state + "</a> ")
          .append("<b>" + counts.getOrDefault(state, 0) + "</b></li>");
    }
    html.append("</ul>\n");
  }

  private void drill(StringBuilder html, Report drill) {
    html.append("<section class=\"own\" role=\"status\"><h2>")
        .append(say.html("drill.title") + "</h2><p>")
        .append(say.html("drill.who", escaped(drill.title()), escaped(drill.who())))
        .append(say.html(drill.send() ? "drill.sends" : "drill.silent"))
        .append(say.html("drill.passed", lasts(drill.passed()), lasts(drill.length())))
        .append(" " + say.html("drill.real") + "</p></section>");
  }

  private String lasts(Duration length) {
    return escaped(say.core().of(length));
  }

  private void problems(StringBuilder html, ConfigurationStatus status) {
    if (status.isCurrent()) {
      return;
    }
    html.append("<section class=\"refused\" role=\"alert\"><h2>")
        .append(say.html("overview.refused") + "</h2><p>" + say.html("configuration.still"))
        .append("</p><ul>");
    for (Problem problem : status.problems().stream().limit(MAX_PROBLEMS).toList()) {
      html.append("<li>").append(escaped(problem.toString())).append("</li>");
    }
    int more = status.problems().size() - MAX_PROBLEMS;
    if (more > 0) {
      html.append("<li><a href=\"/configuration\">" + say.html("more", more) + "</a></li>");
    }
    html.append("</ul></section>");
  }

  private void targets(StringBuilder html, Snapshot snapshot, String opened) {
    html.append("<section aria-labelledby=\"all\"><h2 id=\"all\">")
        .append(say.html("nav.targets") + "</h2>");
    if (snapshot.targets().isEmpty()) {
      html.append("<p>" + say.html("targets.none") + "</p></section>");
      return;
    }
    List<TargetView> rows =
        snapshot.targets().stream().sorted(TargetRows.WORST_FIRST).limit(MAX_ROWS).toList();
    new TargetRows(snapshot, say).table(html, say.of("targets.worst"), rows, MAX_EXPLAINED, opened);
    int rest = snapshot.targets().size() - rows.size();
    if (rest > 0) {
      html.append("<p>" + say.html("targets.rest", rest) + " <a href=\"/targets\">")
          .append(say.html("all") + "</a></p>");
    }
    html.append("</section>");
  }

  private String summary(Map<TargetState, Integer> counts) {
    List<String> parts = new ArrayList<>();
    for (TargetState state : ORDER) {
      int count = counts.getOrDefault(state, 0);
      if (count > 0) {
        parts.add(say.of("count." + state.name(), count));
      }
    }
    return parts.isEmpty() ? say.of("count.none") : String.join(say.of("list.comma"), parts);
  }
}
