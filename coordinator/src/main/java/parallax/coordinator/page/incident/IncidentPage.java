package parallax.coordinator.page.incident;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.item;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.ofTarget;
import static parallax.coordinator.page.Html.time;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.config.runbook.Runbook;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.OpenIncidents;
import parallax.coordinator.page.OwnSide;
import parallax.coordinator.page.WhyPart;
import parallax.coordinator.page.deed.DeedForms;
import parallax.coordinator.postmortem.Line;
import parallax.coordinator.postmortem.Timeline;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Words;

/** The notebook of one incident: what it is, whom it hits, how that is known, what happened. */
public final class IncidentPage {
  /** More targets than this are only counted. */
  static final int MAX_MEMBERS = 50;

  /** More lines than this are left out, the oldest after the first ones. */
  static final int MAX_LINES = 400;

  private static final int FIRST_LINES = 20;

  /** More letters than this are left out, the oldest. */
  static final int MAX_LETTERS = 100;

  /** More runbooks than this are left out. */
  private static final int MAX_RUNBOOKS = 10;

  private final Frame frame;

  public IncidentPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * What is shown.
   *
   * @param picture of it in SVG, where one could be drawn
   * @param runbooks that are for it
   * @param snapshot how all is now
   * @param visitor who looks
   */
  public record Shown(
      Timeline.Sources sources,
      Optional<String> picture,
      List<Runbook> runbooks,
      Snapshot snapshot,
      Visitor visitor) {
    public Shown {
      runbooks = List.copyOf(runbooks);
    }
  }

  /** The page, in HTML. */
  public String render(Shown shown) {
    Incident incident = shown.sources().incident();
    Instant now = shown.snapshot().at();
    String sentence = OpenIncidents.sentence(incident);
    StringBuilder html = new StringBuilder(8192);
    html.append("<h1>" + escaped(sentence) + "</h1>");
    html.append(incident.isOpen() ? "<p class=\"state down\">OPEN</p>" : "<p>Over</p>");
    facts(html, shown, now);
    shown.picture().ifPresent(svg -> picture(html, incident, svg));
    members(html, incident, shown.snapshot());
    html.append("<section aria-labelledby=\"why\"><h2 id=\"why\">Why</h2>");
    new WhyPart(incident, new OwnSide(shown.snapshot()), now).write(html);
    html.append("</section>\n");
    timeline(html, Timeline.of(shown.sources()));
    letters(html, shown.sources().deliveries());
    deeds(html, incident, shown);
    boolean typed = shown.visitor().may(Role.RESPONDER);
    return frame.around(new Frame.About(sentence, "/incidents", !typed), html);
  }

  private static void facts(StringBuilder html, Shown shown, Instant now) {
    Incident incident = shown.sources().incident();
    html.append("<dl>")
        .append(item("For whom", escaped(Words.of(incident.scope(), incident.regions()))))
        .append(item("What broke first", escaped(Words.of(incident.cause()))))
        .append(item("Culprit", culprit(incident.cause().culprit())))
        .append(item("First sign", since(incident.onset(), now)))
        .append(item("Opened", time(incident.opened())))
        .append(
            item(
                "Confirmed",
                incident.published().map(Html::time).orElse("not yet: it is only followed")));
    incident
        .resolved()
        .ifPresent(
            over ->
                html.append(
                    item(
                        "Over",
                        time(over)
                            + " after "
                            + Words.duration(incident).map(Words::of).orElse(""))));
    if (incident.reopened() > 0) {
      html.append(item("Reopened", "times: " + incident.reopened()));
    }
    if (incident.isOpen()) {
      html.append(
          item(
              "Taken care of by",
              Timeline.acknowledgement(shown.sources().entries())
                  .map(IncidentPage::acknowledged)
                  .orElse("nobody has said so yet")));
    }
    html.append("</dl>\n");
  }

  private static void picture(StringBuilder html, Incident incident, String svg) {
    html.append("<figure class=\"picture\" tabindex=\"0\" role=\"group\" ")
        .append("aria-label=\"Picture of what happened\">" + svg + "</figure>")
        .append("<p class=\"note\">The same as a file: ");
    String place = Html.ofIncident(incident.id()) + "/timeline.";
    html.append(link(place + "svg", "SVG") + ", " + link(place + "png", "PNG") + "</p>");
  }

  private static String acknowledged(Entry entry) {
    String note = entry.what() instanceof Happening.Acknowledged(String said) ? said : "";
    return escaped(entry.who())
        + ", since "
        + time(entry.happened())
        + (note.isEmpty() ? "" : ": <span class=\"text\">" + escaped(note) + "</span>");
  }

  private static String culprit(String culprit) {
    String kind = "target:";
    return culprit.startsWith(kind)
        ? link(ofTarget(culprit.substring(kind.length())), culprit)
        : escaped(culprit);
  }

  private static String since(Instant then, Instant now) {
    return time(then) + " (" + OpenIncidents.ago(then, now) + " ago)";
  }

  private static void members(StringBuilder html, Incident incident, Snapshot snapshot) {
    if (incident.targets().isEmpty()) {
      return;
    }
    int all = incident.targets().size();
    html.append("<section aria-labelledby=\"members\"><h2 id=\"members\">Targets that are hit: ")
        .append(all + "</h2><ul>");
    for (TargetName name : incident.targets().stream().limit(MAX_MEMBERS).toList()) {
      html.append("<li>" + link(ofTarget(name.value()), name.value()) + " ")
          .append(
              snapshot
                  .target(name)
                  .map(view -> Html.state(view.verdict().state()))
                  .orElse("<span class=\"note\">not configured any more</span>"))
          .append("</li>");
    }
    html.append("</ul>");
    if (all > MAX_MEMBERS) {
      html.append("<p>The first " + MAX_MEMBERS + " of " + all + ".</p>");
    }
    if (!incident.well().isEmpty()) {
      html.append("<p>Not hit though they stand on the same: ")
          .append(
              escaped(String.join(", ", incident.well().stream().map(TargetName::value).toList())))
          .append("</p>");
    }
    html.append("</section>\n");
  }

  private static void timeline(StringBuilder html, List<Line> lines) {
    html.append("<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">Timeline</h2>")
        .append("<ol class=\"timeline\">");
    int skipped = Math.max(0, lines.size() - MAX_LINES);
    for (int index = 0; index < lines.size(); index++) {
      if (skipped > 0 && index == FIRST_LINES) {
        html.append("<li>" + skipped + " entries are left out here; the export has them</li>");
        index += skipped;
      }
      line(html, lines.get(index));
    }
    html.append("</ol></section>\n");
  }

  private static void line(StringBuilder html, Line line) {
    boolean machine = line.who().equals(Entry.CORE) || line.who().startsWith(Entry.receiver(""));
    html.append(machine ? "<li>" : "<li class=\"by-person\">")
        .append(time(line.at()) + " <b>" + escaped(line.event()) + "</b> ")
        .append(machine ? "" : escaped(line.who()) + ": ")
        .append("<span class=\"text\">" + escaped(line.text()) + "</span></li>\n");
  }

  private static void letters(StringBuilder html, List<Store.Delivery> deliveries) {
    html.append("<section aria-labelledby=\"told\"><h2 id=\"told\">Who was told</h2>");
    if (deliveries.isEmpty()) {
      html.append("<p>Nobody.</p></section>\n");
      return;
    }
    html.append(Html.table("Letters", "Receiver", "What", "Planned", "What became of it"));
    int skipped = Math.max(0, deliveries.size() - MAX_LETTERS);
    for (Store.Delivery letter : deliveries.subList(skipped, deliveries.size())) {
      html.append("<tr>" + cell("Receiver", letter.receiver()))
          .append(cell("What", letter.kind().name().toLowerCase(Locale.ROOT)))
          .append(markup("Planned", time(letter.planned())))
          .append(markup("What became of it", fate(letter)) + "</tr>\n");
    }
    html.append("</tbody></table>");
    html.append(skipped > 0 ? "<p>" + skipped + " older ones are left out.</p>" : "")
        .append("</section>\n");
  }

  private static String fate(Store.Delivery letter) {
    String error = letter.lastError().map(why -> ": " + escaped(why)).orElse("");
    return letter
        .delivered()
        .map(at -> "arrived " + time(at) + ", attempts: " + letter.attempts())
        .orElse(
            (letter.givenUp() ? "given up" : "on its way")
                + ", attempts: "
                + letter.attempts()
                + error);
  }

  private static void deeds(StringBuilder html, Incident incident, Shown shown) {
    String id = encoded(incident.id().value());
    String api = "/api/v1/incidents/" + id;
    html.append("<section aria-labelledby=\"deeds\"><h2 id=\"deeds\">What to do</h2>");
    List<Runbook> runbooks = shown.runbooks().stream().limit(MAX_RUNBOOKS).toList();
    for (Runbook runbook : runbooks) {
      html.append("<p>Runbook: " + named(runbook) + "</p>");
    }
    html.append(DeedForms.ofIncidentPage(incident, runbooks, shown.visitor()));
    html.append("<p>Export: <a href=\"" + api + "/export?format=md\">Markdown</a>, ")
        .append("<a href=\"" + api + "/export?format=json\">JSON</a>; all of it: ")
        .append("<a href=\"" + api + "\">API</a></p>");
    html.append("<details><summary>The same by command and by the API</summary>");
    if (incident.isOpen()) {
      html.append("<h3>Say that you take care of it</h3>");
      command(html, "ack", id, "--who NAME --note \"mine\"");
      post(html, shown, api + "/acknowledge", "{\"note\": \"mine\"}");
    }
    html.append("<h3>Write something down</h3>");
    command(html, "note", id, "--who NAME what I found");
    post(html, shown, api + "/notes", "{\"text\": \"what I found\"}");
    html.append("</details></section>");
  }

  private static void command(StringBuilder html, String verb, String id, String rest) {
    html.append("<pre>deploy/parallax incident " + verb + " " + id + " " + escaped(rest))
        .append("</pre>");
  }

  /** Only addresses that a browser may go to are links. */
  private static String named(Runbook runbook) {
    Optional<URI> place =
        runbook
            .link()
            .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    return place
        .map(
            uri ->
                "<a rel=\"noreferrer\" href=\""
                    + escaped(uri.toString())
                    + "\">"
                    + escaped(runbook.name())
                    + "</a>")
        .orElse(escaped(runbook.name()));
  }

  private static void post(StringBuilder html, Shown shown, String place, String body) {
    String base =
        shown
            .snapshot()
            .configuration()
            .page()
            .map(URI::toString)
            .map(text -> text.replaceAll("/+$", ""))
            .orElse("http://127.0.0.1:8080");
    html.append("<pre>curl -fsS -X POST -H \"Authorization: Bearer $TOKEN\" ")
        .append("-H 'Content-Type: application/json' \\\n  -d '" + escaped(body) + "' '")
        .append(escaped(base + place) + "'</pre>");
  }
}
