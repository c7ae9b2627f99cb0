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
import parallax.coordinator.words.Say;

/** The way from the root to the zone of a target: who was asked, what they said, where it broke. */
final class WalkPart {
  private static final int MAX_REGIONS = 12;

  private final StringBuilder html;
  private final Say say;

  private WalkPart(StringBuilder html, Say say) {
    this.html = html;
    this.say = say;
  }

  /** Where nothing is known yet. */
  static String untold(Say say) {
    return "<p>" + unknown(say, "walk.untold") + "</p>";
  }

  private static String unknown(Say say, String why) {
    String word = "<span class=\"unknown state\">" + say.html("unknown") + "</span>";
    return say.html("known", word, say.html(why));
  }

  /**
   * The part.
   *
   * @param expected whether it is said, too, that nothing is known yet
   */
  static void write(StringBuilder html, Sightings<WalkSeen> walks, boolean expected, Say say) {
    if (walks.all().isEmpty() && !expected) {
      return;
    }
    html.append("<section aria-labelledby=\"walk\"><h2 id=\"walk\">" + say.html("walk.title"))
        .append("</h2><p class=\"note\">" + say.html("walk.note") + "</p>")
        .append(walks.all().isEmpty() ? untold(say) : "");
    boolean first = true;
    for (Sightings.Sighting<WalkSeen> each : walks.all()) {
      new WalkPart(html, say).one(each, first);
      first = false;
    }
    html.append("</section>\n");
  }

  /** From where something was seen so, in words. */
  static String regions(List<Region> regions, Say say) {
    return say.list(regions.stream().map(Region::value).toList(), MAX_REGIONS);
  }

  private void one(Sightings.Sighting<WalkSeen> sighting, boolean open) {
    WalkSeen walk = sighting.what();
    String word =
        walk.fault().isEmpty()
            ? "<span class=\"up state\">" + say.html("walk.good") + "</span>"
            : "<span class=\"down state\">" + say.html("walk.bad") + "</span>";
    html.append(open ? "<details open><summary>" : "<details><summary>")
        .append(
            word
                + " "
                + escaped(say.of("walk.from", walk.zone(), regions(sighting.regions(), say))))
        .append("</summary><p>" + say.html("walk.told", time(sighting.at()), walk.queries()));
    walk.fault()
        .ifPresent(fault -> html.append(" <strong>" + escaped(say.known(fault)) + "</strong>"));
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
    String zone = step.zone().equals(".") ? say.of("walk.root") : step.zone();
    html.append("<li><h3>" + escaped(zone))
        .append(breaks ? " <span class=\"down state\">" + say.html("walk.breaks") + "</span>" : "")
        .append("</h3>");
    if (step.servers().isEmpty()) {
      html.append("<p>" + unknown(say, "walk.nobody") + "</p></li>");
      return;
    }
    html.append(
        Html.table(
            say, say.of("walk.servers", zone), "server", "address", "answer", "says", "took"));
    for (WalkSeen.Server server : step.servers()) {
      html.append("<tr>" + cell(say, "server", server.name()))
          .append(
              cell(
                  say,
                  "address",
                  server.address().isEmpty() ? say.of("walk.none") : server.address()))
          .append(
              markup(say, "answer", answer(server.answer()))
                  + cell(say, "says", say.known(server.said())))
          .append(cell(say, "took", took(server)) + "</tr>\n");
    }
    html.append("</tbody></table>")
        .append(step.more() > 0 ? "<p>" + say.html("more", step.more()) + "</p></li>" : "</li>");
  }

  private String answer(WalkSeen.Answer answer) {
    String colour =
        switch (answer) {
          case SERVES -> "up";
          case FAILS -> "down";
          case NOT_ASKED -> "unknown";
        };
    return "<span class=\"" + colour + "\">" + say.html("answer." + answer.name()) + "</span>";
  }

  private static String took(WalkSeen.Server server) {
    Duration took = server.took();
    return took.isZero() ? "" : String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
  }
}
