package parallax.coordinator.page.incident;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.ofIncident;
import static parallax.coordinator.page.Html.time;

import java.time.Instant;
import java.util.List;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.OpenIncidents;
import parallax.coordinator.store.Store;
import parallax.coordinator.words.Say;
import parallax.coordinator.words.Sentences;

/** Incidents: those that go on, and those that are over, the newest first. */
public final class IncidentsPage {
  /** More open ones than this are only counted. */
  static final int MAX_OPEN = 200;

  /** Past incidents on one page. */
  public static final int PAGE = 50;

  private final Frame frame;
  private final Say say;

  public IncidentsPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /**
   * The page, in HTML.
   *
   * @param open those that go on
   * @param past a part of those that are over
   * @param later whether {@code past} is not the first part
   */
  public String render(List<Incident> open, Store.Page<Incident> past, boolean later, Instant now) {
    StringBuilder html = new StringBuilder(8192);
    html.append("<h1>" + say.html("nav.incidents") + "</h1>");
    if (!later) {
      html.append("<section aria-labelledby=\"open\"><h2 id=\"open\">")
          .append(say.html("incidents.open", open.size()) + "</h2>")
          .append(open.isEmpty() ? "<p>" + say.html("none") + "</p>" : "");
      new OpenIncidents(say, now).write(html, open, MAX_OPEN);
      html.append("</section>\n");
    }
    html.append("<section aria-labelledby=\"past\"><h2 id=\"past\">")
        .append(say.html("incidents.past") + "</h2>");
    if (past.items().isEmpty()) {
      html.append("<p>" + say.html("incidents.none") + "</p>");
    } else {
      rows(html, past.items());
    }
    past.next()
        .ifPresent(
            next ->
                html.append("<p><a href=\"/incidents?after=" + encoded(next))
                    .append("\">" + say.html("incidents.older") + "</a></p>"));
    html.append("</section>");
    return frame.around(new Frame.About(say.of("nav.incidents"), "/incidents", !later), html);
  }

  private void rows(StringBuilder html, List<Incident> incidents) {
    html.append(
        Html.table(say, say.of("incidents.over"), "what", "whom", "targets", "began", "lasted"));
    for (Incident incident : incidents) {
      String sentence = OpenIncidents.sentence(incident, say);
      String lasted = say.core().of(Sentences.lasted(incident));
      html.append("<tr>" + markup(say, "what", link(ofIncident(incident.id()), sentence)))
          .append(cell(say, "whom", say.core().of(incident.scope(), incident.regions())))
          .append(cell(say, "targets", String.valueOf(incident.targets().size())))
          .append(markup(say, "began", time(incident.onset())))
          .append(cell(say, "lasted", lasted) + "</tr>\n");
    }
    html.append("</tbody></table>");
  }
}
