package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.text;
import static parallax.coordinator.page.Html.time;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.words.Say;

/**
 * How far the routes of a target were seen over time: the height of a column is the least share of
 * peers that had one of its prefixes; nothing is drawn where no look told.
 */
final class RouteStrip {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 60;

  /** From this share on all is well, and below it a colour says so beside the height. */
  private static final double WELL = 0.9;

  private static final double GONE = 0.1;

  private RouteStrip() {}

  static void write(StringBuilder html, Sights sights, Say say) {
    List<OptionalDouble> columns = sights.visibility();
    OptionalDouble least =
        columns.stream().filter(OptionalDouble::isPresent).mapToDouble(RouteStrip::share).min();
    if (least.isEmpty()) {
      return;
    }
    html.append("<svg class=\"strip-chart\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT)
        .append("\" preserveAspectRatio=\"none\" aria-label=\"")
        .append(say.html("strip.label", say.wholePercent(least.getAsDouble())) + "\">");
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).isPresent()) {
        html.append(column(sights, columns, index, say));
      }
    }
    html.append("</svg><div class=\"axis\"><span>" + time(sights.from()) + "</span><span>")
        .append(time(sights.to()) + "</span></div><p class=\"note\">")
        .append(say.html("strip.note", say.wholePercent(least.getAsDouble())) + "</p>");
  }

  private static String column(Sights sights, List<OptionalDouble> columns, int index, Say say) {
    double share = share(columns.get(index));
    long start = (long) WIDTH * index / columns.size();
    long width = (long) WIDTH * (index + 1) / columns.size() - start;
    long height = Math.max(2, Math.round(share * HEIGHT));
    Instant at = sights.from().plus(sights.step().multipliedBy(index));
    String colour = share >= WELL ? "up" : share > GONE ? "degraded" : "down";
    return ("<rect class=\"f-%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">"
            + "<title>%s</title></rect>")
        .formatted(
            colour,
            start,
            HEIGHT - height,
            width,
            height,
            say.html("strip.column", say.wholePercent(share), text(at)));
  }

  private static double share(OptionalDouble column) {
    return column.orElse(0);
  }
}
