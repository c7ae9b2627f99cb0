package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.markup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.coordinator.page.Html;
import parallax.coordinator.view.RegionView;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Say;

/** The requests of which the newest looks were made: steps, or a page with what it loads. */
final class PartsPart {
  /** Regions of which they are shown. */
  private static final int MAX_REGIONS = 5;

  private PartsPart() {}

  /** The part; nothing where looks are single requests. */
  static void write(StringBuilder html, TargetView view, Instant now, Say say) {
    List<RegionView> regions =
        view.regions(now).stream()
            .filter(region -> parts(region).isPresent())
            .limit(MAX_REGIONS)
            .toList();
    if (regions.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"parts\"><h2 id=\"parts\">")
        .append(say.html("parts.title") + "</h2>");
    for (RegionView region : regions) {
      html.append(
          Html.table(
              say,
              say.of("parts.newest", region.region()),
              "request",
              "status",
              "start",
              "took",
              "fault"));
      PartsSeen seen = parts(region).orElseThrow();
      seen.parts().forEach(part -> row(html, part, say));
      html.append("</tbody></table>")
          .append(seen.more() > 0 ? "<p>" + say.html("more", seen.more()) + "</p>" : "");
    }
    html.append("</section>\n");
  }

  private static Optional<PartsSeen> parts(RegionView region) {
    return region.deepest().observation().facts().parts();
  }

  private static void row(StringBuilder html, Part part, Say say) {
    html.append("<tr>" + cell(say, "request", say.known(part.name())))
        .append(cell(say, "status", part.status().map(String::valueOf).orElse("")))
        .append(cell(say, "start", "+" + millis(part.start())))
        .append(cell(say, "took", millis(part.spent().total())))
        .append(
            markup(
                say,
                "fault",
                part.fault()
                    .map(say::known)
                    .map(fault -> "<span class=\"down\">" + Html.escaped(fault) + "</span>")
                    .orElseGet(() -> "<span class=\"up\">" + say.html("parts.fine") + "</span>")))
        .append("</tr>\n");
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%,d ms", time.toMillis());
  }
}
