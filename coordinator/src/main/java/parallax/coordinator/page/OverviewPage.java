package parallax.coordinator.page;

import static parallax.coordinator.page.Html.colour;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.time;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Problem;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.drill.Report;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Words;

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

  public OverviewPage(Frame frame) {
    this.frame = frame;
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
    html.append("<h1>Overview</h1><p>" + summary + " · as of " + time(snapshot.at()) + "</p>\n");
    drill.ifPresent(report -> drill(html, report));
    problems(html, status);
    incidents(html, snapshot);
    counters(html, counts);
    OwnSide ownSide = new OwnSide(snapshot);
    FleetStrip.write(html, snapshot, ownSide);
    ownSide.write(html);
    targets(html, snapshot, opened);
    return frame.around(new Frame.About(summary, "/"), html);
  }

  private static void incidents(StringBuilder html, Snapshot snapshot) {
    List<Incident> open =
        snapshot.open().stream()
            .filter(incident -> incident.subject() == Incident.Subject.SERVICE)
            .toList();
    html.append("<section aria-labelledby=\"open\"><h2 id=\"open\">Open incidents</h2>");
    if (open.isEmpty()) {
      html.append("<p>None. <a href=\"/incidents\">Past ones</a></p>");
    }
    OpenIncidents.write(html, open, MAX_INCIDENTS, snapshot.at());
    if (open.size() > MAX_INCIDENTS) {
      html.append("<p><a href=\"/incidents\">All of them</a></p>");
    }
    html.append("</section>\n");
  }

  private static void counters(StringBuilder html, Map<TargetState, Integer> counts) {
    html.append("<ul class=\"counters\" aria-label=\"Targets by state\">");
    for (TargetState state : ORDER) {
      html.append("<li><a class=\"state " + colour(state) + "\" href=\"/targets?state=")
          .append(colour(state) + "\">" + state + "</a> ")
          .append("<b>" + counts.getOrDefault(state, 0) + "</b></li>");
    }
    html.append("</ul>\n");
  }

  private static void drill(StringBuilder html, Report drill) {
    html.append("<section class=\"own\" role=\"status\"><h2>[DRILL] A drill goes on</h2><p>")
        .append(escaped(drill.title()) + ", asked for by " + escaped(drill.who()))
        .append(drill.send() ? "; letters are sent, marked as a drill" : "; nothing is sent")
        .append("; " + Words.of(drill.passed()) + " of " + Words.of(drill.length()) + " passed. ")
        .append("What stands below is real.</p></section>");
  }

  private static void problems(StringBuilder html, ConfigurationStatus status) {
    if (status.isCurrent()) {
      return;
    }
    html.append("<section class=\"refused\" role=\"alert\"><h2>The last edit of the configuration")
        .append(" was refused</h2><p>What was in force before still is.</p><ul>");
    for (Problem problem : status.problems().stream().limit(MAX_PROBLEMS).toList()) {
      html.append("<li>").append(escaped(problem.toString())).append("</li>");
    }
    int more = status.problems().size() - MAX_PROBLEMS;
    html.append(more > 0 ? "<li><a href=\"/configuration\">and " + more + " more</a></li>" : "")
        .append("</ul></section>");
  }

  private static void targets(StringBuilder html, Snapshot snapshot, String opened) {
    html.append("<section aria-labelledby=\"all\"><h2 id=\"all\">Targets</h2>");
    if (snapshot.targets().isEmpty()) {
      html.append("<p>No targets are configured.</p></section>");
      return;
    }
    List<TargetView> rows =
        snapshot.targets().stream().sorted(TargetRows.WORST_FIRST).limit(MAX_ROWS).toList();
    new TargetRows(snapshot).table(html, "Targets, the worst first", rows, MAX_EXPLAINED, opened);
    int rest = snapshot.targets().size() - rows.size();
    if (rest > 0) {
      html.append("<p>and " + rest + " more targets that are no worse; ")
          .append("<a href=\"/targets\">all of them</a></p>");
    }
    html.append("</section>");
  }

  private static String summary(Map<TargetState, Integer> counts) {
    StringBuilder text = new StringBuilder();
    for (TargetState state : ORDER) {
      int count = counts.getOrDefault(state, 0);
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(count)
            .append(' ')
            .append(state.name().toLowerCase(Locale.ROOT));
      }
    }
    return text.isEmpty() ? "no targets" : text.toString();
  }
}
