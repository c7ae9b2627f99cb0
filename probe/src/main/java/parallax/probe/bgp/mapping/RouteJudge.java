package parallax.probe.bgp.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.observation.Facts.RouteRole;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.bgp.mapping.TargetRoutes.TargetRoute;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.watch.RouteSnapshot;
import parallax.probe.bgp.watch.RouteSnapshot.Standing;
import parallax.probe.net.Cidr;

/** From what a target stands on and how that is seen to an outcome: functions. */
final class RouteJudge {
  private RouteJudge() {}

  /** What is wrong with one prefix; the reasons come in the order of {@link #RANKS}. */
  private record Trouble(Reason reason, String detail) {}

  /** The worst first. */
  private static final List<Reason> RANKS =
      List.of(
          Reason.ROUTE_WITHDRAWN,
          Reason.ROUTE_PARTIAL,
          Reason.ROUTE_FOREIGN_ORIGIN,
          Reason.ROUTE_INVALID,
          Reason.ROUTE_NEW_NEIGHBOUR);

  /** Routes alone never take a target down: whether it is reached, others find out. */
  static Outcome outcome(TargetRoutes target, RouteSnapshot snapshot) {
    if (target.routes().isEmpty()) {
      return Outcome.inconclusive(Reason.PROBE_ROUTES_UNLEARNT, nothing(target));
    }
    List<Trouble> troubles = new ArrayList<>();
    boolean sighted = false;
    for (TargetRoute route : target.routes()) {
      Optional<Standing> standing = snapshot.of(route.prefix());
      sighted |= standing.filter(one -> isSighted(one.reached().reach())).isPresent();
      standing.ifPresent(one -> troubles.addAll(troubles(route, one)));
    }
    if (!sighted && snapshot.blind()) {
      return Outcome.inconclusive(Reason.PROBE_ROUTES_UNHEARD, "no source of routes is heard");
    }
    if (!sighted) {
      return Outcome.inconclusive(Reason.PROBE_ROUTES_UNLEARNT, learning(target, snapshot));
    }
    return troubles.stream()
        .min(Comparator.comparingInt(trouble -> RANKS.indexOf(trouble.reason())))
        .map(worst -> Outcome.degraded(worst.reason(), worst.detail() + others(troubles)))
        .orElseGet(Outcome::up);
  }

  private static String nothing(TargetRoutes target) {
    if (target.unplaced() > 0) {
      return "the route to none of its addresses is known yet";
    }
    return target.unroutable() > 0
        ? "none of its addresses has a route on the internet"
        : "none of its addresses is known yet";
  }

  private static String learning(TargetRoutes target, RouteSnapshot snapshot) {
    Cidr prefix = target.routes().getFirst().prefix();
    int known = snapshot.of(prefix).map(one -> one.reached().tally().baseline()).orElse(0);
    return prefix + ": " + known + " who have it are known so far";
  }

  private static String others(List<Trouble> troubles) {
    return troubles.size() == 1 ? "" : "; and " + (troubles.size() - 1) + " more";
  }

  private static boolean isSighted(Reach reach) {
    return switch (reach) {
      case LEARNING, BLIND -> false;
      case VISIBLE, PARTIAL, WITHDRAWN, FALLBACK, RECOVERING, LOCAL_COLLECTOR -> true;
    };
  }

  private static List<Trouble> troubles(TargetRoute route, Standing standing) {
    List<Trouble> troubles = new ArrayList<>();
    switch (standing.reached().reach()) {
      case WITHDRAWN, FALLBACK ->
          troubles.add(new Trouble(Reason.ROUTE_WITHDRAWN, share(route, standing)));
      case PARTIAL, RECOVERING ->
          troubles.add(new Trouble(Reason.ROUTE_PARTIAL, share(route, standing)));
      case LEARNING, VISIBLE, LOCAL_COLLECTOR, BLIND -> {}
    }
    for (RouteVerdict.ForeignOrigin foreign : standing.foreign()) {
      troubles.add(
          new Trouble(
              Reason.ROUTE_FOREIGN_ORIGIN,
              foreign.announced()
                  + " by AS"
                  + foreign.origin()
                  + (foreign.announced().equals(foreign.prefix())
                      ? ""
                      : ", a part of " + foreign.prefix())
                  + ", seen by "
                  + foreign.voters()
                  + "; normally by "
                  + systems(standing.normal())
                  + forWhom(route)));
    }
    for (RouteVerdict.ValidityTurned invalid : standing.invalid()) {
      troubles.add(
          new Trouble(
              Reason.ROUTE_INVALID,
              invalid.prefix() + " by AS" + invalid.origin() + forWhom(route)));
    }
    for (RouteVerdict.NewNeighbour neighbour : standing.neighbours()) {
      troubles.add(
          new Trouble(
              Reason.ROUTE_NEW_NEIGHBOUR,
              neighbour.announced()
                  + " by AS"
                  + neighbour.origin()
                  + " through AS"
                  + neighbour.neighbour()
                  + ", seen by "
                  + neighbour.voters()
                  + forWhom(route)));
    }
    return troubles;
  }

  private static String share(TargetRoute route, Standing standing) {
    RouteVerdict.Reached reached = standing.reached();
    String who = standing.normal().isEmpty() ? "" : " of " + systems(standing.normal());
    return route.prefix()
        + who
        + ": seen by "
        + reached.tally().seeing()
        + " of "
        + reached.tally().known()
        + reached.coveredBy().map(outer -> ", covered by " + outer).orElse("")
        + forWhom(route);
  }

  private static String systems(List<Long> numbers) {
    return numbers.stream().map(number -> "AS" + number).collect(Collectors.joining(", "));
  }

  private static String forWhom(TargetRoute route) {
    if (route.addresses().isEmpty()) {
      return "";
    }
    String whom = route.role() == RouteRole.NAME_SERVERS ? "name server " : "";
    int more = route.addresses().size() - 1;
    return "; " + whom + route.addresses().getFirst() + (more > 0 ? " and " + more + " more" : "");
  }

  /** What was seen, prefix by prefix. */
  static List<RouteSeen> seen(TargetRoutes target, RouteSnapshot snapshot) {
    return target.routes().stream()
        .map(
            route -> {
              Optional<Standing> standing = snapshot.of(route.prefix());
              List<Long> normal = standing.map(Standing::normal).orElse(List.of());
              return new RouteSeen(
                  route.prefix().toString(),
                  normal.isEmpty() ? route.origins() : normal,
                  route.role(),
                  route.addresses(),
                  standing
                      .filter(one -> isSighted(one.reached().reach()))
                      .map(one -> sight(route, one)));
            })
        .toList();
  }

  private static RouteSight sight(TargetRoute route, Standing standing) {
    RouteVerdict.Reached reached = standing.reached();
    Optional<Long> most =
        reached.origins().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey);
    return new RouteSight(
        reached.reach().name(),
        reached.tally().seeing(),
        reached.tally().known(),
        attracted(route, standing).or(() -> most),
        reached.coveredBy().map(Cidr::toString),
        reached.since(),
        reached.firstLoss());
  }

  /** A foreign system to which the longest match of most voters leads what is meant for us. */
  private static Optional<Long> attracted(TargetRoute route, Standing standing) {
    return standing.foreign().stream()
        .filter(foreign -> !foreign.announced().equals(foreign.prefix()))
        .filter(foreign -> foreign.voters() * 2 >= standing.reached().tally().seeing())
        .filter(foreign -> concerns(foreign.announced(), route.addresses()))
        .map(RouteVerdict.ForeignOrigin::origin)
        .findFirst();
  }

  /**
   * Whether one of these lies there: addresses, or names of servers with their addresses. What is a
   * name alone may.
   */
  private static boolean concerns(Cidr part, List<String> addresses) {
    return addresses.isEmpty()
        || addresses.stream()
            .map(text -> text.substring(text.lastIndexOf(' ') + 1))
            .anyMatch(text -> Cidr.literal(text).map(part::contains).orElse(true));
  }
}
