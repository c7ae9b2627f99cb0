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
import parallax.coordinator.words.Say;

/** How long looks take: phase by phase now, and as a whole over time. */
final class Latency {
  /** More regions than this have no line; lines are told apart by their strokes, too. */
  static final int MAX_LINES = 4;

  /** More regions than this are left out. */
  static final int MAX_FALLS = 16;

  private static final int WIDTH = 960;
  private static final int HEIGHT = 176;

  private final StringBuilder html;
  private final Say say;

  Latency(StringBuilder html, Say say) {
    this.html = html;
    this.say = say;
  }

  /** A length of time in milliseconds. */
  private static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** The phases of the newest look of each region, one after another, to one scale. */
  void waterfall(TargetView view, Instant now) {
    List<RegionView> regions = view.regions(now).stream().limit(MAX_FALLS).toList();
    html.append("<section aria-labelledby=\"phases\"><h2 id=\"phases\">")
        .append(say.html("phases.title") + "</h2>");
    if (regions.isEmpty()) {
      html.append("<p>" + say.html("regions.nobody") + "</p></section>\n");
      return;
    }
    long longest =
        regions.stream()
            .mapToLong(region -> region.deepest().observation().timings().total().toNanos())
            .max()
            .orElse(1);
    html.append(
        Html.table(say, say.of("phases.newest"), "region", "check", "phases", "all", "when"));
    for (RegionView region : regions) {
      Observation seen = region.deepest().observation();
      html.append("<tr>" + cell(say, "region", pair(region, seen)))
          .append(cell(say, "check", said(seen)))
          .append(markup(say, "phases", fall(seen, Math.max(1, longest))))
          .append(cell(say, "all", millis(seen.duration())))
          .append(markup(say, "when", time(region.deepest().received())) + "</tr>\n");
    }
    html.append("</tbody></table></section>\n");
  }

  private String pair(RegionView region, Observation seen) {
    return region.region() + say.of("list.comma") + seen.vantage().probe();
  }

  private String said(Observation seen) {
    String outcome = say.of("outcome." + seen.outcome().label());
    return say.of("cause", seen.check().label(), outcome);
  }

  private String fall(Observation seen, long longest) {
    StringBuilder bars = new StringBuilder();
    List<String> told = new ArrayList<>();
    double start = 0;
    for (Map.Entry<Phase, Duration> phase : seen.timings().phases().entrySet()) {
      double width = (double) phase.getValue().toNanos() * WIDTH / longest;
      String name = say.of("phase." + phase.getKey().name());
      told.add(name + " " + millis(phase.getValue()));
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
      return "<span class=\"note\">" + say.html("phases.unmeasured") + "</span>";
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
  void chart(Sights sights) {
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
    html.append("<section aria-labelledby=\"latency\"><h2 id=\"latency\">")
        .append(say.html("latency.title", check.get().label()) + "</h2><p class=\"note\">")
        .append(say.html("latency.note", sights.step().toMinutes(), millis(top)))
        .append("</p><svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + WIDTH)
        .append(" " + HEIGHT + "\" preserveAspectRatio=\"none\" aria-label=\"")
        .append(say.html("latency.top", millis(top)) + "\">");
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
    html.append(more > 0 ? "<li>" + say.html("more", more) + "</li>" : "")
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
