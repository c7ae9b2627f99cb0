package parallax.coordinator.dependency;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.core.watch.Routes;

/**
 * How prefixes are seen by the route collectors that probes listen to. Several probes may listen;
 * of those heard lately the one that knows most voters is believed, as each hears all that the
 * others do or less. Not safe for use by many threads.
 */
public final class RouteViews {
  /** What a probe said longer ago is not so any more, or not known. */
  static final Duration LASTS = Duration.ofMinutes(5);

  /** So often is looked for what was said long ago. */
  private static final Duration ROUND = Duration.ofSeconds(30);

  /** More probes than this are not heard about one prefix. */
  static final int MAX_PROBES = 16;

  private final Map<String, Map<ProbeName, Said>> prefixes = new LinkedHashMap<>();
  private final Map<String, RouteView> told = new HashMap<>();
  private Instant nextRound = Instant.MIN;

  private record Said(RouteSight sight, Instant at) {}

  /**
   * Takes in what a look at routes saw.
   *
   * @return views that differ from what was given out before
   */
  public List<RouteView> saw(Observation observation, Instant now) {
    List<RouteView> changed = new ArrayList<>();
    ProbeName probe = observation.vantage().probe();
    for (RouteSeen route : observation.facts().routes()) {
      note(route, probe, now);
      changed(route.prefix(), now).ifPresent(changed::add);
    }
    return List.copyOf(changed);
  }

  private void note(RouteSeen route, ProbeName probe, Instant now) {
    boolean room = prefixes.size() < Routes.MAX_PREFIXES;
    if (route.sight().isEmpty()) {
      Optional.ofNullable(prefixes.get(route.prefix())).ifPresent(said -> said.remove(probe));
    } else if (room || prefixes.containsKey(route.prefix())) {
      Map<ProbeName, Said> said =
          prefixes.computeIfAbsent(route.prefix(), _ -> new LinkedHashMap<>());
      if (said.size() < MAX_PROBES || said.containsKey(probe)) {
        said.put(probe, new Said(route.sight().get(), now));
      }
    }
  }

  /** Forgets what was said long ago; views that nobody stands for any more. */
  public List<RouteView> passed(Instant now) {
    if (now.isBefore(nextRound)) {
      return List.of();
    }
    nextRound = now.plus(ROUND);
    List<RouteView> changed = new ArrayList<>();
    for (Iterator<Map.Entry<String, Map<ProbeName, Said>>> all = prefixes.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<String, Map<ProbeName, Said>> one = all.next();
      changed(one.getKey(), now).ifPresent(changed::add);
      if (one.getValue().isEmpty()) {
        told.remove(one.getKey());
        all.remove();
      }
    }
    return List.copyOf(changed);
  }

  private Optional<RouteView> changed(String prefix, Instant now) {
    Map<ProbeName, Said> said = prefixes.getOrDefault(prefix, new LinkedHashMap<>());
    said.values().removeIf(one -> !one.at().plus(LASTS).isAfter(now));
    Optional<RouteSight> best =
        said.values().stream()
            .map(Said::sight)
            .reduce((one, other) -> other.known() > one.known() ? other : one);
    RouteView view =
        new RouteView(
            prefix,
            best.map(
                sight ->
                    new RouteView.Sight(sight.visibility(), sight.origin(), sight.firstLoss())));
    RouteView before = told.getOrDefault(prefix, new RouteView(prefix, Optional.empty()));
    if (view.equals(before)) {
      return Optional.empty();
    }
    told.put(prefix, view);
    return Optional.of(view);
  }
}
