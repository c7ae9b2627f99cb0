package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.ofIncident;
import static parallax.coordinator.page.Html.ofTarget;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.OpenIncidents;
import parallax.coordinator.page.OwnSide;
import parallax.coordinator.page.WhyPart;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Words;

/** One target: how it is, how it was, from where it looks how, and how that is known. */
public final class TargetPage {
  /** More incidents of a target than this are not shown. */
  static final int MAX_INCIDENTS = 10;

  private final Frame frame;

  /** Times that can be shown. */
  public enum Reach {
    DAY("24h", Duration.ofDays(1)),
    WEEK("7d", Duration.ofDays(7));

    private final String label;
    private final Duration length;

    Reach(String label, Duration length) {
      this.label = label;
      this.length = length;
    }

    /** As it stands in an address. */
    public String label() {
      return label;
    }

    public Duration length() {
      return length;
    }
  }

  /**
   * What the record holds of a target.
   *
   * @param verdicts oldest first
   * @param past incidents that are over, newest first
   */
  public record Past(List<Store.Interval> verdicts, Sights sights, List<Incident> past) {
    public Past {
      verdicts = List.copyOf(verdicts);
      past = List.copyOf(past);
    }
  }

  public TargetPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * The page, in HTML.
   *
   * @param past empty when the record cannot be read now
   * @param visitor who looks
   */
  public String render(
      TargetView view, Snapshot snapshot, Reach reach, Optional<Past> past, Visitor visitor) {
    StringBuilder html = new StringBuilder(16_384);
    String name = view.target().name().value();
    Verdict verdict = view.verdict();
    TargetFacts facts = new TargetFacts(html, view, snapshot);
    html.append("<h1>" + escaped(name) + "</h1><p>" + Html.state(verdict.state()) + " since ")
        .append(time(verdict.since()) + " (")
        .append(OpenIncidents.ago(verdict.since(), snapshot.at()) + "): ")
        .append(Html.dated(Words.of(verdict)) + "</p>\n");
    facts.quiet();
    if (visitor.may(Role.OPERATOR)) {
      html.append("<p><a href=\"/silences?target=" + encoded(name) + "#new\">Silence it</a></p>");
    }
    open(html, view, snapshot);
    html.append("<section aria-labelledby=\"ribbons\"><h2 id=\"ribbons\">How it was</h2>");
    windows(html, name, reach);
    if (past.isPresent()) {
      ribbons(html, past.get(), snapshot, reach);
    } else {
      html.append("<p>The durable record cannot be read now.</p>");
    }
    html.append("</section>\n<section aria-labelledby=\"why\"><h2 id=\"why\">Why</h2>");
    new WhyPart(verdict, new OwnSide(snapshot), snapshot.at()).write(html);
    html.append("</section>\n");
    Latency.waterfall(html, view, snapshot.at());
    PartsPart.write(html, view, snapshot.at());
    past.ifPresent(known -> Latency.chart(html, known.sights()));
    facts.uptime();
    facts.dates();
    ChainPart.write(html, view, snapshot.at());
    WalkPart.write(html, view.walks(), view.target().check(CheckKind.DELEGATION).isPresent());
    facts.routes(past.map(Past::sights));
    past.ifPresent(known -> past(html, known.past()));
    facts.configured();
    html.append("<p>All that was seen: <a href=\"/api/v1/observations?target=" + encoded(name))
        .append("\">observations</a>; as JSON: <a href=\"/api/v1/targets/" + encoded(name))
        .append("\">target</a></p>");
    return frame.around(new Frame.About(name + ": " + verdict.state(), "/targets"), html);
  }

  private static void windows(StringBuilder html, String name, Reach shown) {
    html.append("<p class=\"windows\">");
    for (Reach reach : Reach.values()) {
      String here = reach == shown ? " aria-current=\"true\"" : "";
      html.append("<a href=\"" + ofTarget(name) + "?window=" + reach.label() + "\"" + here + ">")
          .append(reach.label() + "</a> ");
    }
    html.append("</p>");
  }

  private static void ribbons(StringBuilder html, Past past, Snapshot snapshot, Reach reach) {
    new Ribbons(snapshot.at().minus(reach.length()), snapshot.at(), html)
        .write(past.verdicts(), past.sights());
    html.append("<p class=\"note\">The verdict is exact. What was seen is drawn from the newest ")
        .append("looks of each " + past.sights().step().toMinutes() + " minutes, as far as they ")
        .append("are kept.</p>");
  }

  private static void open(StringBuilder html, TargetView view, Snapshot snapshot) {
    List<Incident> open =
        snapshot.open().stream()
            .filter(incident -> incident.targets().contains(view.target().name()))
            .toList();
    if (!open.isEmpty()) {
      html.append("<section aria-labelledby=\"open\"><h2 id=\"open\">Open incidents</h2>");
      OpenIncidents.write(html, open, MAX_INCIDENTS, snapshot.at());
      html.append("</section>\n");
    }
  }

  private static void past(StringBuilder html, List<Incident> past) {
    html.append("<section aria-labelledby=\"past\"><h2 id=\"past\">Past incidents</h2>");
    html.append(past.isEmpty() ? "<p>None among the last ones of all targets.</p>" : "<ul>");
    for (Incident incident : past.stream().limit(MAX_INCIDENTS).toList()) {
      html.append("<li>" + time(incident.onset()) + " ")
          .append(link(ofIncident(incident.id()), OpenIncidents.sentence(incident)) + " (lasted ")
          .append(Words.duration(incident).map(Words::of).orElse("") + ")</li>");
    }
    html.append(past.isEmpty() ? "" : "</ul>").append("</section>\n");
  }
}
