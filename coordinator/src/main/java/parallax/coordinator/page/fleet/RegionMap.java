package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.page.Html;
import parallax.coordinator.words.Say;

/**
 * Regions on a map of the world, and the same in a table. Degrees are drawn as they are (plate
 * carrée); the outlines of land are a file of their own.
 */
final class RegionMap {
  /** More regions than this are only in the table. */
  static final int MAX_DRAWN = 60;

  /** More regions than this are only counted. */
  static final int MAX_ROWS = 200;

  /** The northern edge, in degrees; the southern one is 60 degrees south. */
  private static final int TOP = 84;

  private static final int SCALE = 4;
  private static final int WIDTH = 360 * SCALE;
  private static final int HEIGHT = 144 * SCALE;
  private static final int RADIUS = 11;
  private static final int GAP = 4;
  private static final int LINE = 24;
  private static final int LETTER = 12;

  /** Lines by which a label may be off its place, so that it covers no other. */
  private static final List<Integer> SHIFTS = List.of(0, 1, -1, 2, -2, 3, -3, 4, -4);

  private static final List<TargetState> WORST_FIRST =
      List.of(TargetState.DOWN, TargetState.DEGRADED, TargetState.UNKNOWN, TargetState.UP);

  private final StringBuilder html;
  private final Places places;
  private final Say say;
  private final List<Label> labels = new ArrayList<>();

  /**
   * What is seen from a region.
   *
   * @param targets how many look how, by the worst fresh look of each
   * @param probes how many are there
   * @param heard how many of them are heard
   */
  record Seen(Map<TargetState, Integer> targets, int probes, int heard) {
    Seen {
      EnumMap<TargetState, Integer> counts = new EnumMap<>(TargetState.class);
      counts.putAll(targets);
      targets = Collections.unmodifiableMap(counts);
    }

    /**
     * What goes wrong at worst; else what most targets are; unknown where nobody is heard: one look
     * that found out nothing does not hide what a thousand others saw.
     */
    TargetState worst() {
      int unknown = targets.getOrDefault(TargetState.UNKNOWN, 0);
      if (heard == 0) {
        return TargetState.UNKNOWN;
      } else if (targets.containsKey(TargetState.DOWN)) {
        return TargetState.DOWN;
      } else if (targets.containsKey(TargetState.DEGRADED)) {
        return TargetState.DEGRADED;
      }
      return targets.getOrDefault(TargetState.UP, 0) > unknown
          ? TargetState.UP
          : TargetState.UNKNOWN;
    }

    private String counts(Say say) {
      String counts =
          WORST_FIRST.stream()
              .filter(targets::containsKey)
              .map(state -> targets.get(state) + " " + state)
              .collect(Collectors.joining(say.of("list.comma")));
      return counts.isEmpty() ? say.of("map.nothing") : counts;
    }
  }

  /** A region where it is on the map. */
  private record Spot(Region region, Seen seen, int x, int y) {
    Label sign() {
      return new Label(x - RADIUS, x + RADIUS, y);
    }
  }

  /** What stands on the map already. */
  private record Label(int left, int right, int y) {
    boolean covers(Label other) {
      return left < other.right && other.left < right && Math.abs(y - other.y) < LINE;
    }
  }

  RegionMap(StringBuilder html, Places places, Say say) {
    this.say = say;
    this.html = html;
    this.places = places;
  }

  /**
   * Both.
   *
   * @param land the address of the outlines
   */
  void write(SortedMap<Region, Seen> regions, String land) {
    long placed = regions.keySet().stream().filter(each -> places.of(each).isPresent()).count();
    html.append("<section aria-labelledby=\"map\"><h2 id=\"map\">" + say.html("map.title"))
        .append("</h2>");
    if (placed > 0) {
      html.append(
              "<div class=\"wide\" role=\"region\" aria-label=\""
                  + say.html("map")
                  + "\" tabindex=\"0\"><svg ")
          .append("class=\"map\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT)
          .append("\" aria-label=\"" + say.html(Say.form("map.label", placed), placed))
          .append("\"><image href=\"" + escaped(land) + "\" width=\"" + WIDTH + "\" height=\"")
          .append(HEIGHT + "\"></image>");
      List<Spot> spots =
          regions.entrySet().stream()
              .flatMap(each -> spot(each.getKey(), each.getValue()).stream())
              .limit(MAX_DRAWN)
              .toList();
      spots.forEach(spot -> labels.add(spot.sign()));
      spots.forEach(this::drawn);
      html.append("</svg></div>");
    }
    table(regions);
    html.append("<p class=\"note\">" + say.html("map.note") + "</p></section>\n");
  }

  private Optional<Spot> spot(Region region, Seen seen) {
    return places
        .of(region)
        .map(
            place ->
                new Spot(
                    region,
                    seen,
                    (int) Math.round((place.east() + 180) * SCALE),
                    (int) Math.round((TOP - place.north()) * SCALE)));
  }

  private void drawn(Spot spot) {
    int x = spot.x();
    int y = spot.y();
    TargetState state = spot.seen().worst();
    String sign =
        switch (state) {
          case UP -> "\u2713";
          case DOWN -> "\u2715";
          case DEGRADED -> "\u25b2";
          case UNKNOWN -> "?";
        };
    html.append("<g><title>" + escaped(title(spot)) + "</title>")
        .append("<circle class=\"f-" + Html.colour(state) + "\" cx=\"" + x + "\" cy=\"" + y)
        .append("\" r=\"" + RADIUS + "\"></circle><text class=\"map-sign\" x=\"" + x + "\" y=\"")
        .append((y + 6) + "\">" + sign + "</text>");
    label(spot.region().value(), x, y);
    html.append("</g>");
  }

  private String title(Spot spot) {
    return say.of("cause", spot.region(), spot.seen().counts(say));
  }

  /** Beside its point, on the side and in the line where it covers no other. */
  private void label(String name, int x, int y) {
    int width = name.length() * LETTER;
    int right = x + RADIUS + GAP;
    int left = x - RADIUS - GAP - width;
    List<Label> candidates = new ArrayList<>();
    for (int shift : SHIFTS) {
      for (int start : List.of(right, left)) {
        if (start >= 0 && start + width <= WIDTH) {
          candidates.add(new Label(start, start + width, y + shift * LINE));
        }
      }
    }
    Label label =
        candidates.stream()
            .filter(each -> labels.stream().noneMatch(each::covers))
            .findFirst()
            .orElse(new Label(right, right + width, y));
    labels.add(label);
    boolean before = label.left() < x;
    html.append("<text class=\"map-label" + (before ? " map-left" : "") + "\" x=\"")
        .append((before ? label.right() : label.left()) + "\" y=\"" + (label.y() + 7) + "\">")
        .append(escaped(name) + "</text>");
  }

  private void table(SortedMap<Region, Seen> regions) {
    html.append(
        Html.table(say, say.of("map.table"), "region", "worst", "targets", "probes", "place"));
    for (Map.Entry<Region, Seen> each : regions.entrySet().stream().limit(MAX_ROWS).toList()) {
      Seen seen = each.getValue();
      String place =
          places
              .of(each.getKey())
              .map(at -> coordinate(at.north(), "N", "S") + " " + coordinate(at.east(), "E", "W"))
              .orElseGet(() -> say.of("unknown"));
      String heard = say.of("map.heard", seen.heard(), seen.probes());
      html.append("<tr>" + cell(say, "region", each.getKey().value()))
          .append(markup(say, "worst", Html.state(seen.worst())))
          .append(cell(say, "targets", seen.counts(say)) + cell(say, "probes", heard))
          .append(cell(say, "place", place) + "</tr>\n");
    }
    int more = regions.size() - MAX_ROWS;
    html.append("</tbody></table>" + (more > 0 ? "<p>" + say.html("more", more) + "</p>" : ""));
  }

  private static String coordinate(double degrees, String plus, String minus) {
    return String.format(
        Locale.ROOT, "%.1f\u00b0 %s", Math.abs(degrees), degrees < 0 ? minus : plus);
  }
}
