package parallax.coordinator.page.incident;

import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import parallax.config.observation.seen.TraceSeen;
import parallax.coordinator.sight.Ways;
import parallax.coordinator.words.Say;

/** The ways to servers that were not reached: a part that opens without scripts. */
final class WaysPart {
  private WaysPart() {}

  /** The part; nothing where no way was followed. */
  static void write(StringBuilder html, List<Ways.Way> ways, Say say) {
    if (ways.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"ways\"><h2 id=\"ways\">")
        .append(say.html("ways.title") + "</h2>");
    ways.forEach(way -> way(html, way, say));
    html.append("</section>\n");
  }

  private static void way(StringBuilder html, Ways.Way way, Say say) {
    TraceSeen trace = way.trace();
    String from = way.probe().value() + say.of("list.comma") + way.region().value();
    html.append("<details><summary>")
        .append(
            say.html(
                "ways.way",
                escaped(way.target().value()),
                escaped(trace.to()),
                escaped(from),
                time(way.at())))
        .append("</summary><ol>");
    for (TraceSeen.Hop hop : trace.hops()) {
      html.append("<li>")
          .append(
              hop.by()
                  .map(
                      by ->
                          say.html(
                              "ways.hop", escaped(by), millis(hop.after().orElse(Duration.ZERO))))
                  .orElseGet(() -> say.html("ways.silent")))
          .append("</li>");
    }
    html.append("</ol><p>" + say.html("ways.end." + trace.end().name()) + "</p></details>\n");
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }
}
