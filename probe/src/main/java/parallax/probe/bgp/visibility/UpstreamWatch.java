package parallax.probe.bgp.visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.net.Cidr;

/**
 * By which neighbour of the origin each voter has one prefix, and whether many have it by another
 * one than they used to. What a voter has for long enough is what it uses. Where the prefix is not
 * well visible, or has another origin, ways change for that, and nothing is said of them.
 */
final class UpstreamWatch {
  private final Cidr prefix;
  private final VisibilitySettings.UpstreamLimits limits;
  private final int minVoters;
  private final Duration learnAfter;
  private final Duration overFor;
  private final NavigableMap<Voter, Way> ways = new TreeMap<>();

  private Optional<Instant> shifted = Optional.empty();
  private Optional<Instant> calm = Optional.empty();
  private boolean told;

  /**
   * How one voter has it.
   *
   * @param usual the neighbour of the origin by which it mostly has it
   * @param now the one by which it has it
   * @param since of that
   */
  private record Way(long origin, long usual, long now, Instant since) {
    boolean moved() {
      return usual != now;
    }

    Way next(long neighbour, Duration learnAfter, Instant at) {
      if (neighbour != now) {
        return new Way(origin, usual, neighbour, at);
      }
      boolean learned = moved() && !at.isBefore(since.plus(learnAfter));
      return learned ? new Way(origin, now, now, since) : this;
    }
  }

  UpstreamWatch(Cidr prefix, VisibilitySettings settings) {
    this.prefix = prefix;
    this.limits = settings.upstream();
    this.minVoters = settings.reach().minKnown();
    this.learnAfter = settings.origin().learnAfter();
    this.overFor = settings.reach().restoredFor();
  }

  /** Whether time alone may change something soon. */
  boolean pending() {
    return told ? calm.isPresent() : shifted.isPresent();
  }

  /** Looks at the routes to the prefix, and tells what is new. */
  Optional<RouteVerdict> look(List<RouteTable.Route> own, Reach reach, Instant now) {
    if (reach != Reach.VISIBLE) {
      shifted = Optional.empty();
      calm = Optional.empty();
      return Optional.empty();
    }
    List<Way> present = present(own, now);
    long moved = present.stream().filter(Way::moved).count();
    boolean many = present.size() >= minVoters && moved > limits.shifted() * present.size();
    boolean few = moved <= limits.over() * present.size();
    shifted = many ? shifted.or(() -> Optional.of(now)) : Optional.empty();
    calm = few ? calm.or(() -> Optional.of(now)) : Optional.empty();
    if (!told && held(shifted, limits.shiftedFor(), now)) {
      told = true;
      return Optional.of(verdict(present, RouteVerdict.Weight.NOTICE, shifted.orElse(now)));
    }
    if (told && held(calm, overFor, now)) {
      told = false;
      return Optional.of(verdict(present, RouteVerdict.Weight.OVER, calm.orElse(now)));
    }
    return Optional.empty();
  }

  /** The ways of all that have it now, from the origin that they knew. */
  private List<Way> present(List<RouteTable.Route> own, Instant now) {
    NavigableMap<Voter, RouteTable.Route> routes = new TreeMap<>();
    own.forEach(route -> routes.putIfAbsent(Voter.of(route.peer()), route));
    List<Way> present = new ArrayList<>();
    routes.forEach(
        (voter, route) -> {
          Optional<Long> origin = route.path().origin();
          Optional<Long> neighbour = route.path().neighbourOfOrigin();
          if (origin.isPresent() && neighbour.isPresent()) {
            long by = neighbour.get();
            Way way = ways.computeIfAbsent(voter, _ -> new Way(origin.get(), by, by, now));
            if (way.origin() == origin.get()) {
              Way next = way.next(by, learnAfter, now);
              ways.put(voter, next);
              present.add(next);
            }
          }
        });
    return present;
  }

  private RouteVerdict verdict(List<Way> present, RouteVerdict.Weight weight, Instant since) {
    SortedMap<Long, Integer> usual = new TreeMap<>();
    SortedMap<Long, Integer> now = new TreeMap<>();
    int moved = 0;
    for (Way way : present) {
      usual.merge(way.usual(), 1, Integer::sum);
      now.merge(way.now(), 1, Integer::sum);
      moved += way.moved() ? 1 : 0;
    }
    return new RouteVerdict.PathShifted(prefix, usual, now, moved, weight, since);
  }

  private static boolean held(Optional<Instant> since, Duration time, Instant now) {
    return since.isPresent() && !now.isBefore(since.get().plus(time));
  }
}
