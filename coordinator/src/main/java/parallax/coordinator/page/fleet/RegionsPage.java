package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.escaped;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.TargetRows;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.RegionView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Say;

/** Regions on a map and against networks: how many targets look how from where, as seen now. */
public final class RegionsPage {
  /** More regions or networks than this are left out. */
  static final int MAX_SIDE = 40;

  private final Frame frame;
  private final Say say;

  public RegionsPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  private record Place(Region region, String network) {}

  /** The page, in HTML. */
  public String render(Snapshot snapshot) {
    Map<Place, Map<TargetState, Integer>> cells = new HashMap<>();
    Map<Region, Map<TargetState, Integer>> byRegion = new HashMap<>();
    for (TargetView view : snapshot.targets()) {
      Map<Region, TargetState> ofRegion = new HashMap<>();
      worst(view, snapshot.at())
          .forEach(
              (place, state) -> {
                count(cells, place, state);
                ofRegion.merge(place.region(), state, RegionsPage::worse);
              });
      ofRegion.forEach((region, state) -> count(byRegion, region, state));
    }
    StringBuilder html = new StringBuilder(4096);
    html.append("<h1>" + say.html("regions.title") + "</h1><p class=\"note\">")
        .append(say.html("regions.note") + "</p>");
    if (cells.isEmpty()) {
      html.append("<p>" + say.html("regions.nobody") + "</p>");
    } else {
      Places places = new Places(snapshot.configuration().places());
      new RegionMap(html, places, say).write(regions(snapshot, byRegion), frame.asset("land.svg"));
      matrix(html, cells);
    }
    return frame.around(new Frame.About(say.of("regions.title"), "/regions"), html);
  }

  private static <K> void count(
      Map<K, Map<TargetState, Integer>> counts, K where, TargetState state) {
    counts
        .computeIfAbsent(where, _ -> new EnumMap<>(TargetState.class))
        .merge(state, 1, Integer::sum);
  }

  /** What is seen from each region, and who is there; also from where nobody looks now. */
  private static SortedMap<Region, RegionMap.Seen> regions(
      Snapshot snapshot, Map<Region, Map<TargetState, Integer>> counts) {
    SortedMap<Region, List<ProbeView>> probes = new TreeMap<>();
    counts.keySet().forEach(region -> probes.put(region, new ArrayList<>()));
    for (ProbeView probe : snapshot.probes()) {
      probes.computeIfAbsent(probe.vantage().region(), _ -> new ArrayList<>()).add(probe);
    }
    SortedMap<Region, RegionMap.Seen> regions = new TreeMap<>();
    probes.forEach(
        (region, there) ->
            regions.put(
                region,
                new RegionMap.Seen(
                    counts.getOrDefault(region, Map.of()),
                    there.size(),
                    (int) there.stream().filter(snapshot::isHeard).count())));
    return regions;
  }

  private Map<Place, TargetState> worst(TargetView view, Instant now) {
    String none = say.of("regions.noNetwork");
    Map<Place, TargetState> worst = new HashMap<>();
    for (Evidence look : view.looks()) {
      Observation seen = look.observation();
      Duration counts = RegionView.freshFor(interval(view.target(), seen));
      if (!look.received().isBefore(now.minus(counts))) {
        Place place =
            new Place(
                seen.vantage().region(), seen.vantage().asn().map(asn -> "AS" + asn).orElse(none));
        worst.merge(place, state(seen), RegionsPage::worse);
      }
    }
    return worst;
  }

  private static Duration interval(Target target, Observation seen) {
    return target
        .check(seen.check())
        .map(spec -> spec.interval(target.interval()))
        .orElse(target.interval());
  }

  private static TargetState state(Observation seen) {
    return switch (seen.outcome()) {
      case Outcome.Up _ -> TargetState.UP;
      case Outcome.Degraded _ -> TargetState.DEGRADED;
      case Outcome.Down _ -> TargetState.DOWN;
      case Outcome.Inconclusive _ -> TargetState.UNKNOWN;
    };
  }

  /** Being unable to tell hides nothing that another look could tell. */
  private static TargetState worse(TargetState one, TargetState other) {
    if (one == TargetState.UNKNOWN || other == TargetState.UNKNOWN) {
      return one == TargetState.UNKNOWN ? other : one;
    }
    return TargetRows.rank(one) < TargetRows.rank(other) ? one : other;
  }

  private void matrix(StringBuilder html, Map<Place, Map<TargetState, Integer>> cells) {
    TreeSet<Region> regions = new TreeSet<>();
    TreeSet<String> networks = new TreeSet<>();
    cells.keySet().forEach(place -> regions.add(place.region()));
    cells.keySet().forEach(place -> networks.add(place.network()));
    List<String> columns = networks.stream().limit(MAX_SIDE).toList();
    html.append("<div class=\"wide\" role=\"region\" aria-label=\"" + say.html("regions.title"))
        .append("\" tabindex=\"0\"><table class=\"matrix\"><caption>" + say.html("regions.caption"))
        .append("</caption><thead><tr><th scope=\"col\">" + say.html("column.region") + "</th>");
    columns.forEach(name -> html.append("<th scope=\"col\">" + escaped(name) + "</th>"));
    html.append("</tr></thead><tbody>");
    for (Region region : regions.stream().limit(MAX_SIDE).toList()) {
      html.append("<tr><th scope=\"row\">" + escaped(region.value()) + "</th>");
      for (String network : columns) {
        html.append(
            cell(Optional.ofNullable(cells.get(new Place(region, network))).orElse(Map.of())));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>");
  }

  private String cell(Map<TargetState, Integer> counts) {
    StringBuilder cell = new StringBuilder();
    for (TargetState state :
        List.of(TargetState.DOWN, TargetState.DEGRADED, TargetState.UNKNOWN, TargetState.UP)) {
      Optional.ofNullable(counts.get(state))
          .ifPresent(
              count ->
                  cell.append("<span class=\"" + Html.colour(state) + "\">")
                      .append(count + " " + state + "</span> "));
    }
    return "<td>"
        + (cell.isEmpty() ? "<span class=\"note\">" + say.html("regions.empty") + "</span>" : cell)
        + "</td>";
  }
}
