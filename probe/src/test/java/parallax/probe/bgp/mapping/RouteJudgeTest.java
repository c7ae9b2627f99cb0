package parallax.probe.bgp.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.observation.Facts.RouteRole;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.bgp.mapping.TargetRoutes.TargetRoute;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict.ForeignOrigin;
import parallax.probe.bgp.visibility.RouteVerdict.NewNeighbour;
import parallax.probe.bgp.visibility.RouteVerdict.Reached;
import parallax.probe.bgp.visibility.RouteVerdict.ValidityTurned;
import parallax.probe.bgp.visibility.RouteVerdict.Weight;
import parallax.probe.bgp.visibility.Tally;
import parallax.probe.bgp.watch.Prefixes;
import parallax.probe.bgp.watch.RouteSnapshot;
import parallax.probe.bgp.watch.RouteSnapshot.Standing;
import parallax.probe.net.Cidr;

class RouteJudgeTest {
  private static final Instant AT = Instant.parse("2021-10-04T15:50:00Z");
  private static final Cidr SERVERS = Cidr.parse("157.240.0.0/17");
  private static final Cidr NAMES = Cidr.parse("129.134.30.0/24");
  private static final TargetRoutes TARGET =
      new TargetRoutes(
          List.of(
              new TargetRoute(SERVERS, List.of(32934L), RouteRole.SERVERS, List.of("157.240.1.1")),
              new TargetRoute(
                  NAMES,
                  List.of(32934L),
                  RouteRole.NAME_SERVERS,
                  List.of("a.ns.facebook.com 129.134.30.12"))),
          0,
          0);

  @Test
  void allVisibleIsUp() {
    assertThat(judged(Reach.VISIBLE)).isEqualTo(Outcome.up());
  }

  @Test
  void nameServersThatFellBackAreToldWithEverythingThatIsKnown() {
    assertThat(judged(Reach.FALLBACK))
        .isEqualTo(
            Outcome.degraded(
                Reason.ROUTE_WITHDRAWN,
                "129.134.30.0/24 of AS32934: seen by 2 of 24, covered by 129.134.0.0/17; name"
                    + " server a.ns.facebook.com 129.134.30.12"));
  }

  @ParameterizedTest
  @EnumSource(Reach.class)
  void noReachEverTakesATargetDown(Reach reach) {
    assertThat(judged(reach)).isNotInstanceOf(Outcome.Down.class);
    Optional<Reason> reason = judged(reach).why().map(why -> why.reason());
    Optional<Reason> expected =
        switch (reach) {
          case WITHDRAWN, FALLBACK -> Optional.of(Reason.ROUTE_WITHDRAWN);
          case PARTIAL, RECOVERING -> Optional.of(Reason.ROUTE_PARTIAL);
          case VISIBLE, LOCAL_COLLECTOR, LEARNING, BLIND -> Optional.empty();
        };
    assertThat(reason).isEqualTo(expected);
  }

  @Test
  void theWorstIsToldFirstAndTheOthersAreCounted() {
    Standing hijacked =
        new Standing(
            reached(SERVERS, Reach.VISIBLE),
            List.of(32934L),
            List.of(
                new ForeignOrigin(
                    SERVERS,
                    Cidr.parse("157.240.1.0/24"),
                    64666,
                    new TreeSet<>(List.of(32934L)),
                    Optional.of(Validity.INVALID),
                    9,
                    Weight.ALARM,
                    AT)),
            List.of(
                new NewNeighbour(
                    SERVERS, SERVERS, 32934, 64667, Optional.empty(), 4, Weight.ALARM, AT)),
            List.of(
                new ValidityTurned(
                    SERVERS,
                    32934,
                    Optional.of(Validity.VALID),
                    Optional.of(Validity.INVALID),
                    AT)));
    assertThat(RouteJudge.outcome(TARGET, snapshot(false, Map.of(SERVERS, hijacked))))
        .isEqualTo(
            Outcome.degraded(
                Reason.ROUTE_FOREIGN_ORIGIN,
                "157.240.1.0/24 by AS64666, a part of 157.240.0.0/17, seen by 9; normally by"
                    + " AS32934; 157.240.1.1; and 2 more"));
    Standing gone = plain(NAMES, Reach.WITHDRAWN);
    assertThat(
            RouteJudge.outcome(TARGET, snapshot(false, Map.of(SERVERS, hijacked, NAMES, gone)))
                .why()
                .orElseThrow()
                .reason())
        .isEqualTo(Reason.ROUTE_WITHDRAWN);
  }

  @Test
  void whoHearsNothingSaysNothing() {
    RouteSnapshot blind =
        snapshot(
            true, Map.of(SERVERS, plain(SERVERS, Reach.BLIND), NAMES, plain(NAMES, Reach.BLIND)));
    assertThat(RouteJudge.outcome(TARGET, blind).why().orElseThrow().reason())
        .isEqualTo(Reason.PROBE_ROUTES_UNHEARD);
    assertThat(RouteJudge.outcome(TARGET, RouteSnapshot.NOTHING).why().orElseThrow().reason())
        .isEqualTo(Reason.PROBE_ROUTES_UNHEARD);
    assertThat(RouteJudge.seen(TARGET, blind)).allMatch(route -> route.sight().isEmpty());
    assertThat(RouteJudge.seen(TARGET, blind).getFirst().origins()).containsExactly(32934L);
  }

  @Test
  void whoStillLearnsSaysSo() {
    RouteSnapshot learning = snapshot(false, Map.of(SERVERS, plain(SERVERS, Reach.LEARNING)));
    assertThat(RouteJudge.outcome(TARGET, learning))
        .isEqualTo(
            Outcome.inconclusive(
                Reason.PROBE_ROUTES_UNLEARNT, "157.240.0.0/17: 24 who have it are known so far"));
  }

  @Test
  void loopbackHasNoRoute() {
    assertThat(RouteJudge.outcome(new TargetRoutes(List.of(), 1, 0), snapshot(false, Map.of())))
        .isEqualTo(
            Outcome.inconclusive(
                Reason.PROBE_ROUTES_UNLEARNT, "none of its addresses has a route on the internet"));
  }

  @Test
  void factsNameEveryPrefixWithWhatStandsOnIt() {
    List<RouteSeen> seen =
        RouteJudge.seen(TARGET, snapshot(false, Map.of(NAMES, plain(NAMES, Reach.FALLBACK))));
    assertThat(seen)
        .containsExactly(
            new RouteSeen(
                "157.240.0.0/17",
                List.of(32934L),
                RouteRole.SERVERS,
                List.of("157.240.1.1"),
                Optional.empty()),
            new RouteSeen(
                "129.134.30.0/24",
                List.of(32934L),
                RouteRole.NAME_SERVERS,
                List.of("a.ns.facebook.com 129.134.30.12"),
                Optional.of(
                    new RouteSight(
                        "FALLBACK",
                        2,
                        24,
                        Optional.of(32934L),
                        Optional.of("129.134.0.0/17"),
                        AT,
                        Optional.of(AT.minusSeconds(600))))));
  }

  /**
   * A longest match wins whatever the origin of the whole: whoever attracts the address is named.
   */
  @ParameterizedTest
  @CsvSource({
    // A part, seen by how many of 24, and the origin that is then told.
    "157.240.1.0/24,  12, 64666",
    "157.240.1.0/24,  11, 32934",
    "157.240.2.0/24,  24, 32934",
    "157.240.0.0/17,  24, 32934",
  })
  void theOriginIsWhoeverAttractsTheAddressesOfMost(String part, int voters, long origin) {
    assertThat(origin(SERVERS, Cidr.parse(part), voters)).hasValue(origin);
  }

  @ParameterizedTest
  @CsvSource({"129.134.30.0/28, 64666", "129.134.30.128/25, 32934"})
  void aPartWithoutOurNameServerAttractsNothingOfOurs(String part, long origin) {
    assertThat(origin(NAMES, Cidr.parse(part), 24)).hasValue(origin);
  }

  private static Optional<Long> origin(Cidr prefix, Cidr announced, int voters) {
    ForeignOrigin foreign =
        new ForeignOrigin(
            prefix,
            announced,
            64666,
            new TreeSet<>(List.of(32934L)),
            Optional.empty(),
            voters,
            Weight.ALARM,
            AT);
    Standing standing =
        new Standing(
            reached(prefix, Reach.VISIBLE),
            List.of(32934L),
            List.of(foreign),
            List.of(),
            List.of());
    return RouteJudge.seen(TARGET, snapshot(false, Map.of(prefix, standing))).stream()
        .filter(seen -> seen.prefix().equals(prefix.toString()))
        .findFirst()
        .flatMap(RouteSeen::sight)
        .flatMap(RouteSight::origin);
  }

  private static Outcome judged(Reach ofNames) {
    return RouteJudge.outcome(
        TARGET,
        snapshot(
            false, Map.of(SERVERS, plain(SERVERS, Reach.VISIBLE), NAMES, plain(NAMES, ofNames))));
  }

  private static Standing plain(Cidr prefix, Reach reach) {
    return new Standing(reached(prefix, reach), List.of(32934L), List.of(), List.of(), List.of());
  }

  private static Reached reached(Cidr prefix, Reach reach) {
    int seeing = reach == Reach.VISIBLE ? 24 : 2;
    SortedMap<String, Tally.Count> counts = new TreeMap<>();
    counts.put("rrc00", new Tally.Count(seeing / 2, 12 - seeing / 2, 0));
    counts.put("rrc24", new Tally.Count(seeing / 2, 12 - seeing / 2, 0));
    Optional<Cidr> covering =
        reach == Reach.FALLBACK ? Optional.of(Cidr.parse("129.134.0.0/17")) : Optional.empty();
    return new Reached(
        prefix,
        reach,
        AT,
        covering,
        new Tally(counts),
        new TreeMap<>(Map.of(32934L, seeing)),
        seeing == 24 ? Optional.empty() : Optional.of(AT.minusSeconds(600)),
        Optional.empty(),
        new TreeSet<>());
  }

  private static RouteSnapshot snapshot(boolean blind, Map<Cidr, Standing> standings) {
    SortedMap<Cidr, Standing> sorted = new TreeMap<>(Prefixes.ORDER);
    sorted.putAll(standings);
    return new RouteSnapshot(AT, blind, sorted, new TreeMap<>(), OptionalInt.empty());
  }
}
