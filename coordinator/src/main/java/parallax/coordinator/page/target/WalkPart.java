package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.target.Region;
import parallax.coordinator.page.Html;
import parallax.coordinator.view.sight.Sightings;

/** The way from the root to the zone of a target: who was asked, what they said, where it broke. */
final class WalkPart {
  /** Where nothing is known yet. */
  static final String UNTOLD =
      "<p><span class=\"unknown state\">not known</span>: no probe has told it yet</p>";

  private static final int MAX_REGIONS = 12;

  private final StringBuilder html;

  private WalkPart(StringBuilder html) {
    this.html = html;
  }

  /**
   * The part.
   *
   * @param expected whether it is said, too, that nothing is known yet
   */
  static void write(StringBuilder html, Sightings<WalkSeen> walks, boolean expected) {
    if (walks.all().isEmpty() && !expected) {
      return;
    }
    html.append("<section aria-labelledby=\"walk\"><h2 id=\"walk\">DNS, from the root</h2>")
        .append("<p class=\"note\">Past all resolvers, as probes walked it last. What differs ")
        .append("between probes stands for itself.</p>")
        .append(walks.all().isEmpty() ? UNTOLD : "");
    boolean first = true;
    for (Sightings.Sighting<WalkSeen> each : walks.all()) {
      new WalkPart(html).one(each, first);
      first = false;
    }
    html.append("</section>\n");
  }

  /** From where something was seen so, in words. */
  static String regions(List<Region> regions) {
    int more = regions.size() - MAX_REGIONS;
    return String.join(", ", regions.stream().limit(MAX_REGIONS).map(Region::value).toList())
        + (more > 0 ? " and " + more + " more" : "");
  }

  private void one(Sightings.Sighting<WalkSeen> sighting, boolean open) {
    WalkSeen walk = sighting.what();
    String word =
        walk.fault().isEmpty()
            ? "<span class=\"up state\">leads there</span>"
            : "<span class=\"down state\">something is wrong</span>";
    html.append(open ? "<details open><summary>" : "<details><summary>")
        .append(word + " " + escaped(walk.zone() + " from " + regions(sighting.regions())))
        .append("</summary><p>Told " + time(sighting.at()) + "; " + walk.queries())
        .append(" questions were asked.");
    walk.fault().ifPresent(fault -> html.append(" <strong>" + escaped(fault) + "</strong>"));
    html.append("</p><ol class=\"walk\">");
    boolean broken = false;
    for (WalkSeen.Step step : walk.steps()) {
      boolean breaks = !broken && step.breaks();
      broken |= breaks;
      step(step, breaks);
    }
    html.append("</ol></details>");
  }

  private void step(WalkSeen.Step step, boolean breaks) {
    String zone = step.zone().equals(".") ? "the root" : step.zone();
    html.append("<li><h3>" + escaped(zone))
        .append(breaks ? " <span class=\"down state\">it breaks here</span></h3>" : "</h3>");
    if (step.servers().isEmpty()) {
      html.append("<p><span class=\"unknown state\">not known</span>: nobody was asked</p></li>");
      return;
    }
    html.append(Html.table("Servers of " + zone, "Server", "Address", "Answer", "Says", "Took"));
    for (WalkSeen.Server server : step.servers()) {
      html.append("<tr>" + cell("Server", server.name()))
          .append(cell("Address", server.address().isEmpty() ? "none" : server.address()))
          .append(markup("Answer", answer(server.answer())) + cell("Says", server.said()))
          .append(cell("Took", took(server)) + "</tr>\n");
    }
    html.append("</tbody></table>")
        .append(step.more() > 0 ? "<p>and " + step.more() + " more</p></li>" : "</li>");
  }

  private static String answer(WalkSeen.Answer answer) {
    return switch (answer) {
      case SERVES -> "<span class=\"up\">serves</span>";
      case FAILS -> "<span class=\"down\">fails</span>";
      case NOT_ASKED -> "<span class=\"unknown\">not asked</span>";
    };
  }

  private static String took(WalkSeen.Server server) {
    Duration took = server.took();
    return took.isZero() ? "" : String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
  }
}
