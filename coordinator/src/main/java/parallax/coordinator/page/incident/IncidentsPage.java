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
import parallax.coordinator.view.Words;

/** Incidents: those that go on, and those that are over, the newest first. */
public final class IncidentsPage {
  /** More open ones than this are only counted. */
  static final int MAX_OPEN = 200;

  /** Past incidents on one page. */
  public static final int PAGE = 50;

  private final Frame frame;

  public IncidentsPage(Frame frame) {
    this.frame = frame;
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
    html.append("<h1>Incidents</h1>");
    if (!later) {
      html.append("<section aria-labelledby=\"open\"><h2 id=\"open\">Open: " + open.size())
          .append("</h2>");
      html.append(open.isEmpty() ? "<p>None.</p>" : "");
      OpenIncidents.write(html, open, MAX_OPEN, now);
      html.append("</section>\n");
    }
    html.append("<section aria-labelledby=\"past\"><h2 id=\"past\">Past</h2>");
    if (past.items().isEmpty()) {
      html.append("<p>None is on record.</p>");
    } else {
      rows(html, past.items());
    }
    past.next()
        .ifPresent(
            next ->
                html.append("<p><a href=\"/incidents?after=" + encoded(next))
                    .append("\">Older ones</a></p>"));
    html.append("</section>");
    return frame.around(new Frame.About("Incidents", "/incidents", !later), html);
  }

  private static void rows(StringBuilder html, List<Incident> incidents) {
    html.append(
        Html.table("Incidents that are over", "What", "For whom", "Targets", "Began", "Lasted"));
    for (Incident incident : incidents) {
      html.append(
              "<tr>"
                  + markup(
                      "What", link(ofIncident(incident.id()), OpenIncidents.sentence(incident))))
          .append(cell("For whom", Words.of(incident.scope(), incident.regions())))
          .append(cell("Targets", String.valueOf(incident.targets().size())))
          .append(markup("Began", time(incident.onset())))
          .append(cell("Lasted", Words.duration(incident).map(Words::of).orElse("")) + "</tr>\n");
    }
    html.append("</tbody></table>");
  }
}
