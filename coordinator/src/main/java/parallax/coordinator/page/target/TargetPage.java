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
import parallax.coordinator.words.Say;
import parallax.coordinator.words.Sentences;

/** One target: how it is, how it was, from where it looks how, and how that is known. */
public final class TargetPage {
  /** More incidents of a target than this are not shown. */
  static final int MAX_INCIDENTS = 10;

  private final Frame frame;
  private final Say say;

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
    say = frame.say();
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
    TargetFacts facts = new TargetFacts(html, view, snapshot, say);
    String ago = say.core().of(Duration.between(verdict.since(), snapshot.at()));
    String told = say.core().beside(verdict);
    html.append("<h1>" + escaped(name) + "</h1><p>" + Html.state(verdict.state()) + " ")
        .append(told.isEmpty() ? "" : Html.dated(told) + say.html("list.also"))
        .append(say.html("since", time(verdict.since()), ago) + "</p>\n");
    facts.quiet();
    if (visitor.may(Role.OPERATOR)) {
      html.append("<p><a href=\"/silences?target=" + encoded(name) + "#new\">")
          .append(say.html("target.silence") + "</a></p>");
    }
    open(html, view, snapshot);
    html.append("<section aria-labelledby=\"ribbons\"><h2 id=\"ribbons\">")
        .append(say.html("target.was") + "</h2>");
    windows(html, name, reach);
    if (past.isPresent()) {
      ribbons(html, past.get(), snapshot, reach);
    } else {
      html.append("<p>" + say.html("target.noRecord") + "</p>");
    }
    html.append("</section>\n<section aria-labelledby=\"why\"><h2 id=\"why\">")
        .append(say.html("why") + "</h2>");
    new WhyPart(verdict, new OwnSide(snapshot, say), snapshot.at(), say).reasons(html);
    html.append("</section>\n");
    Latency latency = new Latency(html, say);
    latency.waterfall(view, snapshot.at());
    PartsPart.write(html, view, snapshot.at(), say);
    LooksPart.write(html, view, say);
    past.ifPresent(known -> latency.chart(known.sights()));
    facts.uptime();
    facts.dates();
    ChainPart.write(html, view, snapshot.at(), say);
    boolean walked = view.target().check(CheckKind.DELEGATION).isPresent();
    WalkPart.write(html, view.walks(), walked, say);
    facts.routes(past.map(Past::sights));
    past.ifPresent(known -> past(html, known.past()));
    facts.configured();
    html.append("<p>" + say.html("target.all") + " <a href=\"/api/v1/observations?target=")
        .append(encoded(name) + "\">" + say.html("json.observations") + "</a> · ")
        .append(say.html("json") + " <a href=\"/api/v1/targets/" + encoded(name) + "\">")
        .append(say.html("json.target") + "</a></p>");
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

  private void ribbons(StringBuilder html, Past past, Snapshot snapshot, Reach reach) {
    new Ribbons(snapshot.at().minus(reach.length()), snapshot.at(), html, say)
        .write(past.verdicts(), past.sights());
    html.append("<p class=\"note\">")
        .append(say.html("ribbon.note", past.sights().step().toMinutes()) + "</p>");
  }

  private void open(StringBuilder html, TargetView view, Snapshot snapshot) {
    List<Incident> open =
        snapshot.open().stream()
            .filter(incident -> incident.targets().contains(view.target().name()))
            .toList();
    if (!open.isEmpty()) {
      html.append("<section aria-labelledby=\"open\"><h2 id=\"open\">")
          .append(say.html("incidents.openOnes") + "</h2>");
      new OpenIncidents(say, snapshot.at()).write(html, open, MAX_INCIDENTS);
      html.append("</section>\n");
    }
  }

  private void past(StringBuilder html, List<Incident> past) {
    html.append("<section aria-labelledby=\"past\"><h2 id=\"past\">")
        .append(say.html("target.past") + "</h2>")
        .append(past.isEmpty() ? "<p>" + say.html("target.pastNone") + "</p>" : "<ul>");
    for (Incident incident : past.stream().limit(MAX_INCIDENTS).toList()) {
      String sentence = OpenIncidents.sentence(incident, say);
      String lasted = say.core().of(Sentences.lasted(incident));
      html.append("<li>" + time(incident.onset()) + " ")
          .append(link(ofIncident(incident.id()), sentence))
          .append(" (" + say.html("target.lasted", lasted) + ")</li>");
    }
    html.append(past.isEmpty() ? "" : "</ul>").append("</section>\n");
  }
}
