package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.text;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.ProbeName;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.page.Html;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.store.Store;
import parallax.coordinator.words.Say;

/**
 * States over time, drawn: full height for down, three quarters for degraded, half for up, a thin
 * line where it is unknown, nothing where nothing was seen. So it can be read without colours.
 */
final class Ribbons {
  /** More probes than this have no ribbons of their own. */
  static final int MAX_PROBES = 8;

  /** More regions than this are left out. */
  static final int MAX_REGIONS = 16;

  private static final long WIDTH = 960;
  private static final int HEIGHT = 24;

  private final Instant from;
  private final Instant to;
  private final StringBuilder html;
  private final Say say;

  /** Ribbons from one instant to another. */
  Ribbons(Instant from, Instant to, StringBuilder html, Say say) {
    this.say = say;
    this.from = from;
    this.to = to;
    this.html = html;
  }

  private record Span(TargetState state, Instant from, Instant to, String words) {}

  /** What was held to be true, over what was seen. */
  void write(List<Store.Interval> verdicts, Sights sights) {
    html.append("<div class=\"ribbons\">");
    ribbon(say.of("ribbon.verdict"), "", spans(verdicts), "");
    List<Region> regions = sights.regions().stream().limit(MAX_REGIONS).toList();
    boolean few =
        regions.stream().mapToInt(region -> sights.probes(region).size()).sum() <= MAX_PROBES;
    for (Region region : regions) {
      ribbon(
          region.value(),
          "",
          spans(sights, sights.states(seen -> seen.region().equals(region))),
          " small");
      List<ProbeName> probes = few ? sights.probes(region) : List.of();
      for (ProbeName probe : probes.size() > 1 ? probes : List.<ProbeName>of()) {
        ribbon(
            probe.value(),
            " sub",
            spans(sights, sights.states(seen -> seen.probe().equals(probe))),
            " small");
      }
    }
    Instant middle = from.plus(Duration.between(from, to).dividedBy(2));
    html.append("<div class=\"axis\"><span>" + time(from) + "</span><span>" + time(middle))
        .append("</span><span>" + time(to) + "</span></div></div>");
    legend();
  }

  private void legend() {
    html.append("<ul class=\"legend\">");
    for (TargetState state :
        List.of(TargetState.UP, TargetState.DEGRADED, TargetState.DOWN, TargetState.UNKNOWN)) {
      html.append("<li><svg viewBox=\"0 0 40 24\" aria-hidden=\"true\">")
          .append(rect(state, 0, 40) + "</rect></svg>" + state + "</li>");
    }
    html.append("<li>" + say.html("ribbon.nothing") + "</li></ul>");
  }

  private void ribbon(String name, String nameClass, List<Span> spans, String size) {
    html.append("<div class=\"name" + nameClass + "\">" + escaped(name) + "</div>")
        .append("<svg class=\"ribbon" + size + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT)
        .append("\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
        .append(escaped(say.of("cause", name, summary(spans))) + "\">");
    for (Span span : spans) {
      long start = position(span.from());
      long width = Math.max(1, position(span.to()) - start);
      html.append(rect(span.state(), start, width))
          .append("<title>" + escaped(span.words()) + "</title></rect>");
    }
    html.append("</svg>\n");
  }

  private static String rect(TargetState state, long start, long width) {
    int height =
        switch (state) {
          case DOWN -> HEIGHT;
          case DEGRADED -> HEIGHT * 3 / 4;
          case UP -> HEIGHT / 2;
          case UNKNOWN -> 2;
        };
    int top = state == TargetState.UNKNOWN ? HEIGHT - 3 : HEIGHT - height;
    return "<rect class=\"f-%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">"
        .formatted(Html.colour(state), start, top, width, height);
  }

  private long position(Instant at) {
    long length = Duration.between(from, to).toMillis();
    long passed = Math.clamp(Duration.between(from, at).toMillis(), 0, length);
    return passed * WIDTH / Math.max(1, length);
  }

  private List<Span> spans(List<Store.Interval> verdicts) {
    List<Span> spans = new ArrayList<>();
    for (Store.Interval each : verdicts) {
      Instant start = each.from().isBefore(from) ? from : each.from();
      Instant end = each.until().filter(to::isAfter).orElse(to);
      String words =
          each.until()
              .map(at -> span(each.state(), each.from(), at))
              .orElseGet(() -> say.of("ribbon.lasts", each.state(), text(each.from())));
      if (start.isBefore(end)) {
        spans.add(new Span(each.state(), start, end, words));
      }
    }
    return spans;
  }

  /** Neighbours that say the same are one. */
  private List<Span> spans(Sights sights, List<Optional<TargetState>> states) {
    List<Span> spans = new ArrayList<>();
    for (int index = 0; index < states.size(); index++) {
      if (states.get(index).isEmpty()) {
        continue;
      }
      TargetState state = states.get(index).get();
      Instant start = sights.from().plus(sights.step().multipliedBy(index));
      Instant end = start.plus(sights.step());
      boolean goesOn =
          !spans.isEmpty()
              && spans.getLast().state() == state
              && spans.getLast().to().equals(start);
      Instant first = goesOn ? spans.removeLast().from() : start;
      spans.add(new Span(state, first, end, span(state, first, end)));
    }
    return spans;
  }

  private String span(TargetState state, Instant start, Instant end) {
    return say.of("ribbon.span", state, text(start), text(end));
  }

  private String summary(List<Span> spans) {
    if (spans.isEmpty()) {
      return say.of("ribbon.none");
    }
    long bad =
        spans.stream()
            .filter(
                span -> span.state() == TargetState.DOWN || span.state() == TargetState.DEGRADED)
            .count();
    TargetState last = spans.getLast().state();
    return bad == 0 ? say.of("ribbon.well", last) : say.of("ribbon.bad", bad, last);
  }
}
