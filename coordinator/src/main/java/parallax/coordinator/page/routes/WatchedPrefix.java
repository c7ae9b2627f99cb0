package parallax.coordinator.page.routes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;

/**
 * A prefix that targets stand on, as the looks that are held see it.
 *
 * @param prefix in CIDR notation (RFC 4632)
 * @param best the look that knows most peers
 * @param byRegion the same of each region's looks
 * @param targets those that stand on it, or whose name servers do
 */
record WatchedPrefix(
    String prefix,
    TargetView.RouteLook best,
    SortedMap<Region, TargetView.RouteLook> byRegion,
    SortedSet<TargetName> targets) {
  private static final List<String> WORST =
      List.of("WITHDRAWN", "FALLBACK", "PARTIAL", "RECOVERING", "LOCAL_COLLECTOR", "VISIBLE");

  private static final Comparator<WatchedPrefix> WORST_FIRST =
      Comparator.comparingInt(WatchedPrefix::rank).thenComparing(WatchedPrefix::prefix);

  WatchedPrefix {
    byRegion = Collections.unmodifiableSortedMap(new TreeMap<>(byRegion));
    targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
  }

  /** All of them, the worst first; what is not known comes last but what is well. */
  static List<WatchedPrefix> of(Snapshot snapshot, LabelFilter label) {
    Map<String, Gathering> found = new HashMap<>();
    for (TargetView view : snapshot.targets()) {
      if (label.admits(view.target())) {
        for (Evidence look : view.looks()) {
          gather(found, look.observation(), look.received());
        }
      }
    }
    List<WatchedPrefix> all = new ArrayList<>();
    found.forEach((prefix, each) -> each.best.ifPresent(best -> all.add(each.done(prefix, best))));
    all.sort(WORST_FIRST);
    return all;
  }

  private static void gather(Map<String, Gathering> found, Observation seen, Instant at) {
    for (Facts.RouteSeen route : seen.facts().routes()) {
      Gathering prefix = found.computeIfAbsent(route.prefix(), _ -> new Gathering());
      TargetView.RouteLook look = new TargetView.RouteLook(route, at);
      prefix.targets.add(seen.target());
      prefix.best =
          Optional.of(
              prefix.best.map(other -> TargetView.RouteLook.better(other, look)).orElse(look));
      prefix.byRegion.merge(seen.vantage().region(), look, TargetView.RouteLook::better);
    }
  }

  /** While looks are gone through. */
  private static final class Gathering {
    private final SortedSet<TargetName> targets = new TreeSet<>();
    private final SortedMap<Region, TargetView.RouteLook> byRegion = new TreeMap<>();
    private Optional<TargetView.RouteLook> best = Optional.empty();

    WatchedPrefix done(String prefix, TargetView.RouteLook look) {
      return new WatchedPrefix(prefix, look, byRegion, targets);
    }
  }

  /** How it is seen; empty while nothing can be said. */
  Optional<Facts.RouteSight> sight() {
    return best.route().sight();
  }

  private int rank() {
    int known = sight().map(sight -> WORST.indexOf(sight.reach())).orElse(-1);
    return known < 0 ? WORST.size() - 1 : known == WORST.size() - 1 ? WORST.size() : known;
  }
}
