package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Observation;
import parallax.config.observation.Phase;
import parallax.config.target.Region;
import parallax.coordinator.page.Html;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.view.RegionView;
import parallax.coordinator.view.TargetView;

/** How long looks take: phase by phase now, and as a whole over time. */
final class Latency {
  /** More regions than this have no line; lines are told apart by their strokes, too. */
  static final int MAX_LINES = 4;

  /** More regions than this are left out. */
  static final int MAX_FALLS = 16;

  private static final int WIDTH = 960;
  private static final int HEIGHT = 176;

  private Latency() {}

  private static String words(Phase phase) {
    return switch (phase) {
      case RESOLVE -> "DNS";
      case CONNECT -> "connect";
      case TLS -> "TLS";
      case FIRST_BYTE -> "first byte";
      case TRANSFER -> "transfer";
    };
  }

  /** A length of time in milliseconds. */
  private static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** The phases of the newest look of each region, one after another, to one scale. */
  static void waterfall(StringBuilder html, TargetView view, Instant now) {
    List<RegionView> regions = view.regions(now).stream().limit(MAX_FALLS).toList();
    html.append("<section aria-labelledby=\"phases\"><h2 id=\"phases\">Phases now</h2>");
    if (regions.isEmpty()) {
      html.append("<p>Nobody has looked yet.</p></section>\n");
      return;
    }
    long longest =
        regions.stream()
            .mapToLong(region -> region.deepest().observation().timings().total().toNanos())
            .max()
            .orElse(1);
    html.append(
        Html.table("The newest look of each region", "Region", "Check", "Phases", "All", "When"));
    for (RegionView region : regions) {
      Observation seen = region.deepest().observation();
      html.append("<tr>" + cell("Region", region.region() + ", " + seen.vantage().probe()))
          .append(cell("Check", seen.check().label() + ": " + seen.outcome().label()))
          .append(markup("Phases", fall(seen, Math.max(1, longest))))
          .append(cell("All", millis(seen.duration())))
          .append(markup("When", time(region.deepest().received())) + "</tr>\n");
    }
    html.append("</tbody></table></section>\n");
  }

  private static String fall(Observation seen, long longest) {
    StringBuilder bars = new StringBuilder();
    List<String> told = new ArrayList<>();
    double start = 0;
    for (Map.Entry<Phase, Duration> phase : seen.timings().phases().entrySet()) {
      double width = (double) phase.getValue().toNanos() * WIDTH / longest;
      told.add(words(phase.getKey()) + " " + millis(phase.getValue()));
      bars.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"p-%s\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"16\"></rect>",
              phase.getKey().label(),
              start,
              Math.max(width, 2)));
      start += width;
    }
    if (told.isEmpty()) {
      return "<span class=\"note\">no phase was measured</span>";
    }
    return "<svg class=\"fall\" viewBox=\"0 0 "
        + WIDTH
        + " 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        + bars
        + "</svg><small>"
        + escaped(String.join(" · ", told))
        + "</small>";
  }

  /** Over time, a line for each region. */
  static void chart(StringBuilder html, Sights sights) {
    Optional<CheckKind> check = sights.deepest();
    List<Region> regions = sights.regions().stream().limit(MAX_LINES).toList();
    if (check.isEmpty()) {
      return;
    }
    Duration top =
        regions.stream()
            .flatMap(region -> sights.latencies(region, check.get()).stream())
            .flatMap(Optional::stream)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    if (top.isZero()) {
      return;
    }
    html.append("<section aria-labelledby=\"latency\"><h2 id=\"latency\">How long ")
        .append(check.get().label() + " takes</h2><p class=\"note\">Of looks that succeed, the ")
        .append("middle one of each " + sights.step().toMinutes() + " minutes; the top is ")
        .append(millis(top) + ".</p><svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + WIDTH)
        .append(" " + HEIGHT + "\" preserveAspectRatio=\"none\" aria-label=\"Latency, at most ")
        .append(millis(top) + "\">");
    for (int line = 1; line < 4; line++) {
      int y = HEIGHT * line / 4;
      html.append("<path class=\"grid\" d=\"M0 " + y + "H" + WIDTH + "\"></path>");
    }
    for (int index = 0; index < regions.size(); index++) {
      String path = path(sights.latencies(regions.get(index), check.get()), top);
      html.append("<path class=\"l" + index + "\" d=\"" + path + "\"></path>");
    }
    html.append("</svg><ul class=\"legend\">");
    for (int index = 0; index < regions.size(); index++) {
      html.append("<li><svg viewBox=\"0 0 40 24\" aria-hidden=\"true\"><path class=\"l" + index)
          .append("\" d=\"M0 12H40\"></path></svg>" + escaped(regions.get(index).value()))
          .append("</li>");
    }
    int more = sights.regions().size() - regions.size();
    html.append(more > 0 ? "<li>and " + more + " more regions</li>" : "")
        .append("</ul></section>\n");
  }

  /** Gaps stay gaps; a column alone is a short line. */
  private static String path(List<Optional<Duration>> columns, Duration top) {
    StringBuilder path = new StringBuilder();
    double step = (double) WIDTH / columns.size();
    boolean drawing = false;
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).isEmpty()) {
        drawing = false;
        continue;
      }
      double share = (double) columns.get(index).get().toNanos() / top.toNanos();
      path.append(
          String.format(
              Locale.ROOT,
              drawing ? "L%.1f %.1fh%.1f" : "M%.1f %.1fh%.1f",
              step * index,
              HEIGHT - 4 - (HEIGHT - 8) * share,
              step / 2));
      drawing = true;
    }
    return path.toString();
  }
}
