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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import parallax.coordinator.sight.Ways;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.words.Say;
import parallax.coordinator.words.Sentences;

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
  private final Say say;

  public IncidentPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /**
   * What is shown.
   *
   * @param picture of it in SVG, where one could be drawn
   * @param ways to its targets, as they were followed
   * @param runbooks that are for it
   * @param snapshot how all is now
   * @param visitor who looks
   */
  public record Shown(
      Timeline.Sources sources,
      Optional<String> picture,
      List<Ways.Way> ways,
      List<Runbook> runbooks,
      Snapshot snapshot,
      Visitor visitor) {
    public Shown {
      ways = List.copyOf(ways);
      runbooks = List.copyOf(runbooks);
    }
  }

  /** The page, in HTML. */
  public String render(Shown shown) {
    Incident incident = shown.sources().incident();
    Instant now = shown.snapshot().at();
    String sentence = OpenIncidents.sentence(incident, say);
    StringBuilder html = new StringBuilder(8192);
    html.append("<h1>" + escaped(sentence) + "</h1>");
    html.append(incident.isOpen() ? "<p class=\"state down\">" : "<p>")
        .append(say.html(incident.isOpen() ? "incident.open" : "incident.over") + "</p>");
    facts(html, shown, now);
    shown.picture().ifPresent(svg -> picture(html, incident, svg));
    members(html, incident, shown.snapshot());
    html.append("<section aria-labelledby=\"why\"><h2 id=\"why\">")
        .append(say.html("why") + "</h2>");
    new WhyPart(incident, new OwnSide(shown.snapshot(), say), now, say).write(html);
    html.append("</section>\n");
    WaysPart.write(html, shown.ways(), say);
    timeline(html, Timeline.of(shown.sources(), say));
    letters(html, shown.sources().deliveries());
    deeds(html, incident, shown);
    boolean typed = shown.visitor().may(Role.RESPONDER);
    return frame.around(new Frame.About(sentence, "/incidents", !typed), html);
  }

  private void facts(StringBuilder html, Shown shown, Instant now) {
    Incident incident = shown.sources().incident();
    html.append("<dl>")
        .append(fact("whom", escaped(say.core().of(incident.scope(), incident.regions()))))
        .append(fact("first", escaped(say.core().of(incident.cause()))))
        .append(fact("culprit", culprit(incident.cause().culprit())))
        .append(fact("onset", since(incident.onset(), now)))
        .append(fact("opened", time(incident.opened())))
        .append(
            fact(
                "confirmed",
                incident.published().map(Html::time).orElseGet(() -> say.html("fact.notYet"))));
    incident
        .resolved()
        .ifPresent(
            over ->
                html.append(
                    fact(
                        "over",
                        say.html(
                            "fact.after", time(over), say.core().of(Sentences.lasted(incident))))));
    if (incident.reopened() > 0) {
      html.append(fact("reopened", say.html("fact.times", incident.reopened())));
    }
    if (incident.isOpen()) {
      html.append(
          fact(
              "carer",
              Timeline.acknowledgement(shown.sources().entries())
                  .map(this::acknowledged)
                  .orElseGet(() -> say.html("fact.nobody"))));
    }
    html.append("</dl>\n");
  }

  private String fact(String name, String html) {
    return item(say.of("fact." + name), html);
  }

  private void picture(StringBuilder html, Incident incident, String svg) {
    html.append("<figure class=\"picture\" tabindex=\"0\" role=\"group\" ")
        .append("aria-label=\"" + say.html("picture.label") + "\">" + svg + "</figure>")
        .append("<p class=\"note\">" + say.html("picture.file") + " ");
    String place = Html.ofIncident(incident.id()) + "/timeline.";
    html.append(link(place + "svg", "SVG") + ", " + link(place + "png", "PNG") + "</p>");
  }

  private String acknowledged(Entry entry) {
    String note = entry.what() instanceof Happening.Acknowledged(String said) ? said : "";
    return say.html("fact.since", escaped(entry.who()), time(entry.happened()))
        + (note.isEmpty() ? "" : ": <span class=\"text\">" + escaped(note) + "</span>");
  }

  private static String culprit(String culprit) {
    String kind = "target:";
    return culprit.startsWith(kind)
        ? link(ofTarget(culprit.substring(kind.length())), culprit)
        : escaped(culprit);
  }

  private String since(Instant then, Instant now) {
    return time(then) + " (" + say.html("ago", say.core().of(Duration.between(then, now))) + ")";
  }

  private void members(StringBuilder html, Incident incident, Snapshot snapshot) {
    if (incident.targets().isEmpty()) {
      return;
    }
    int all = incident.targets().size();
    html.append("<section aria-labelledby=\"members\"><h2 id=\"members\">")
        .append(say.html("members.title", all) + "</h2><ul>");
    for (TargetName name : incident.targets().stream().limit(MAX_MEMBERS).toList()) {
      html.append("<li>" + link(ofTarget(name.value()), name.value()) + " ")
          .append(
              snapshot
                  .target(name)
                  .map(view -> Html.state(view.verdict().state()))
                  .orElseGet(() -> "<span class=\"note\">" + say.html("members.gone") + "</span>"))
          .append("</li>");
    }
    html.append("</ul>");
    if (all > MAX_MEMBERS) {
      html.append("<p>" + say.html("members.first", MAX_MEMBERS, all) + "</p>");
    }
    if (!incident.well().isEmpty()) {
      List<String> well = incident.well().stream().map(TargetName::value).toList();
      String names = String.join(say.of("list.comma"), well);
      html.append("<p>" + say.html("members.well", escaped(names)) + "</p>");
    }
    html.append("</section>\n");
  }

  private void timeline(StringBuilder html, List<Line> lines) {
    html.append("<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">")
        .append(say.html("timeline.title") + "</h2><ol class=\"timeline\">");
    int skipped = Math.max(0, lines.size() - MAX_LINES);
    for (int index = 0; index < lines.size(); index++) {
      if (skipped > 0 && index == FIRST_LINES) {
        html.append("<li>" + say.html("timeline.skipped", skipped) + "</li>");
        index += skipped;
      }
      line(html, lines.get(index));
    }
    html.append("</ol></section>\n");
  }

  private void line(StringBuilder html, Line line) {
    boolean machine = line.who().equals(Entry.CORE) || line.who().startsWith(Entry.receiver(""));
    html.append(machine ? "<li>" : "<li class=\"by-person\">")
        .append(time(line.at()) + " <b>" + say.html("event." + line.event()) + "</b> ")
        .append(machine ? "" : escaped(line.who()) + ": ")
        .append("<span class=\"text\">" + escaped(line.text()) + "</span></li>\n");
  }

  private void letters(StringBuilder html, List<Store.Delivery> deliveries) {
    html.append("<section aria-labelledby=\"told\"><h2 id=\"told\">" + say.html("letters.title"))
        .append("</h2>");
    if (deliveries.isEmpty()) {
      html.append("<p>" + say.html("letters.nobody") + "</p></section>\n");
      return;
    }
    html.append(Html.table(say, say.of("letters"), "receiver", "what", "planned", "fate"));
    int skipped = Math.max(0, deliveries.size() - MAX_LETTERS);
    for (Store.Delivery letter : deliveries.subList(skipped, deliveries.size())) {
      html.append("<tr>" + cell(say, "receiver", letter.receiver()))
          .append(cell(say, "what", say.of("letter." + letter.kind().name())))
          .append(markup(say, "planned", time(letter.planned())))
          .append(markup(say, "fate", fate(letter)) + "</tr>\n");
    }
    html.append("</tbody></table>");
    html.append(skipped > 0 ? "<p>" + say.html("letters.skipped", skipped) + "</p>" : "")
        .append("</section>\n");
  }

  private String fate(Store.Delivery letter) {
    String error = letter.lastError().map(why -> ": " + escaped(why)).orElse("");
    return letter
        .delivered()
        .map(at -> say.html("letter.arrived", time(at), letter.attempts()))
        .orElseGet(
            () -> {
              String fate = letter.givenUp() ? "letter.givenUp" : "letter.onItsWay";
              return say.html(fate, letter.attempts()) + error;
            });
  }

  private void deeds(StringBuilder html, Incident incident, Shown shown) {
    String id = encoded(incident.id().value());
    String api = "/api/v1/incidents/" + id;
    html.append("<section aria-labelledby=\"deeds\"><h2 id=\"deeds\">")
        .append(say.html("deeds.title") + "</h2>");
    List<Runbook> runbooks = shown.runbooks().stream().limit(MAX_RUNBOOKS).toList();
    for (Runbook runbook : runbooks) {
      html.append("<p>" + say.html("deeds.runbook", named(runbook)) + "</p>");
    }
    html.append(new DeedForms(shown.visitor()).ofIncidentPage(incident, runbooks));
    html.append(
            "<p>"
                + say.html("deeds.export")
                + " <a href=\""
                + api
                + "/export?format=md\">Markdown</a>, ")
        .append("<a href=\"" + api + "/export?format=json\">JSON</a> · ")
        .append(say.html("deeds.allOfIt") + " <a href=\"" + api + "\">API</a></p>");
    html.append("<details><summary>" + say.html("deeds.same") + "</summary>");
    if (incident.isOpen()) {
      html.append("<h3>" + say.html("deed.acknowledge.title") + "</h3>");
      command(html, "ack", id, "--who NAME --note \"mine\"");
      post(html, shown, api + "/acknowledge", "{\"note\": \"mine\"}");
    }
    html.append("<h3>" + say.html("deed.note.title") + "</h3>");
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
