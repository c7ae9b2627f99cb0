package parallax.coordinator.sight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What probes saw over a time, in columns of one length: the newest looks of each column, a sample
 * where there are more.
 *
 * @param from where the first column begins
 * @param step the length of a column
 */
public record Sights(Instant from, Duration step, List<List<Seen>> columns) {
  public Sights {
    columns = columns.stream().map(List::copyOf).toList();
  }

  /**
   * One look, as much of it as is drawn.
   *
   * @param visibility the least share of peers that have one of its routes, from 0 to 1; empty for
   *     looks that say nothing of routes
   */
  public record Seen(
      ProbeName probe,
      Region region,
      CheckKind check,
      TargetState state,
      Duration took,
      OptionalDouble visibility) {
    public static Seen of(Observation seen) {
      TargetState state =
          switch (seen.outcome()) {
            case Outcome.Up _ -> TargetState.UP;
            case Outcome.Degraded _ -> TargetState.DEGRADED;
            case Outcome.Down _ -> TargetState.DOWN;
            case Outcome.Inconclusive _ -> TargetState.UNKNOWN;
          };
      return new Seen(
          seen.vantage().probe(),
          seen.vantage().region(),
          seen.check(),
          state,
          seen.duration(),
          seen.facts().routes().stream()
              .flatMap(route -> route.sight().stream())
              .mapToDouble(Facts.RouteSight::visibility)
              .min());
    }
  }

  /** Where a time ends that begins with the first column. */
  public Instant to() {
    return from.plus(step.multipliedBy(columns.size()));
  }

  public SortedSet<Region> regions() {
    SortedSet<Region> all = new TreeSet<>();
    columns.forEach(column -> column.forEach(seen -> all.add(seen.region())));
    return all;
  }

  /** The probes of a region. */
  public List<ProbeName> probes(Region region) {
    return columns.stream()
        .flatMap(List::stream)
        .filter(seen -> seen.region().equals(region))
        .map(Seen::probe)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * What some of the looks say of each column; empty where there are none. DOWN when half or more
   * of those that could tell fail, DEGRADED when fewer do or something is not as it should be.
   */
  public List<Optional<TargetState>> states(Predicate<Seen> counts) {
    List<Optional<TargetState>> states = new ArrayList<>();
    for (List<Seen> column : columns) {
      int telling = 0;
      int failing = 0;
      int notable = 0;
      int all = 0;
      for (Seen seen : column) {
        if (counts.test(seen)) {
          all++;
          telling += seen.state() == TargetState.UNKNOWN ? 0 : 1;
          failing += seen.state() == TargetState.DOWN ? 1 : 0;
          notable += seen.state() == TargetState.DEGRADED ? 1 : 0;
        }
      }
      states.add(all == 0 ? Optional.empty() : Optional.of(state(telling, failing, notable)));
    }
    return states;
  }

  private static TargetState state(int telling, int failing, int notable) {
    if (telling == 0) {
      return TargetState.UNKNOWN;
    }
    if (failing * 2 >= telling) {
      return TargetState.DOWN;
    }
    return failing + notable > 0 ? TargetState.DEGRADED : TargetState.UP;
  }

  /** The least share of peers that had a route, in each column; empty where no look tells. */
  public List<OptionalDouble> visibility() {
    return columns.stream()
        .map(column -> column.stream().flatMapToDouble(seen -> seen.visibility().stream()).min())
        .toList();
  }

  /** The deepest check that anybody made. */
  public Optional<CheckKind> deepest() {
    return columns.stream().flatMap(List::stream).map(Seen::check).max(CheckKind::compareTo);
  }

  /** How long one kind of check took in a region, in each column the middle one; empty: none. */
  public List<Optional<Duration>> latencies(Region region, CheckKind check) {
    List<Optional<Duration>> middles = new ArrayList<>();
    for (List<Seen> column : columns) {
      List<Duration> took =
          column.stream()
              .filter(seen -> seen.region().equals(region) && seen.check() == check)
              .filter(seen -> works(seen.state()))
              .map(Seen::took)
              .sorted()
              .toList();
      middles.add(took.isEmpty() ? Optional.empty() : Optional.of(took.get(took.size() / 2)));
    }
    return middles;
  }

  private static boolean works(TargetState state) {
    return state == TargetState.UP || state == TargetState.DEGRADED;
  }
}
