package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.text;
import static parallax.coordinator.page.Html.time;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import parallax.coordinator.sight.Sights;

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

  static void write(StringBuilder html, Sights sights) {
    List<OptionalDouble> columns = sights.visibility();
    OptionalDouble least =
        columns.stream().filter(OptionalDouble::isPresent).mapToDouble(RouteStrip::share).min();
    if (least.isEmpty()) {
      return;
    }
    html.append("<svg class=\"strip-chart\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT)
        .append("\" preserveAspectRatio=\"none\" aria-label=\"Share of peers that see its routes: ")
        .append("at least " + percent(least.getAsDouble()) + "\">");
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).isPresent()) {
        column(html, sights, columns, index);
      }
    }
    html.append("</svg><div class=\"axis\"><span>" + time(sights.from()) + "</span><span>")
        .append(time(sights.to()) + "</span></div><p class=\"note\">The least share of peers ")
        .append("that had one of its routes, from none to all: " + percent(least.getAsDouble()))
        .append(" at worst.</p>");
  }

  private static void column(
      StringBuilder html, Sights sights, List<OptionalDouble> columns, int index) {
    double share = share(columns.get(index));
    long start = (long) WIDTH * index / columns.size();
    long width = (long) WIDTH * (index + 1) / columns.size() - start;
    long height = Math.max(2, Math.round(share * HEIGHT));
    Instant at = sights.from().plus(sights.step().multipliedBy(index));
    String colour = share >= WELL ? "up" : share > GONE ? "degraded" : "down";
    html.append("<rect class=\"f-" + colour + "\" x=\"" + start + "\" y=\"" + (HEIGHT - height))
        .append("\" width=\"" + width + "\" height=\"" + height + "\"><title>" + percent(share))
        .append(" from " + text(at) + "</title></rect>");
  }

  private static double share(OptionalDouble column) {
    return column.orElse(0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%d %%", (int) Math.floor(share * 100));
  }
}
