package parallax.coordinator.replay.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.watch.RouteDependency;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.ScenarioCheck;

/** The world in the words of the core. */
final class WorldTest {
  private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");

  @Test
  void anObservationIsStampedByTheProbesClockAndReceivedByOurs() {
    World world = world("- {at: [50, 100], from: {probes: [p1]}, clock: {offset_s: 3600}}");
    Arrival arrival = world.check(new Look(0, 0, ScenarioCheck.WEB, 60_000)).getFirst();
    Input.Observed observed = (Input.Observed) arrival.input();
    Observation observation = observed.evidence().observation();
    assertThat(observation.started()).isEqualTo(START.plusSeconds(3660));
    assertThat(observation.scheduled()).isEqualTo(observation.started());
    assertThat(observation.duration()).isEqualTo(Duration.ofMillis(200));
    assertThat(observed.evidence().received()).isEqualTo(START.plusMillis(60_300));
    assertThat(arrival.atMs()).isEqualTo(60_300);
    assertThat(observation.vantage().asn()).contains(64_501L);
    assertThat(observation.check()).isEqualTo(CheckKind.HTTP);
  }

  @Test
  void aClockIsRightAgainWhenTheWindowIsOverAndTheLastEventHolds() {
    Clocks clocks =
        new Clocks(
            Sample.withEvents(
                """
                - {at: [0, 100], clock: {offset_s: 5}}
                - {at: [50, 60], from: {probes: [p1]}, clock: {offset_s: -0.5}}
                """));
    assertThat(clocks.shown(0, 10_000)).isEqualTo(15_000);
    assertThat(clocks.shown(0, 50_000)).isEqualTo(49_500);
    assertThat(clocks.shown(1, 50_000)).isEqualTo(55_000);
    assertThat(clocks.shown(0, 100_000)).isEqualTo(100_000);
  }

  @Test
  void aHeartbeatSaysWhoWhereAndWhen() {
    World world = world("- {at: [0, 100], from: {probes: [p3]}, clock: {offset_s: -2}}");
    Arrival arrival = world.heartbeat(2, 5_000).getFirst();
    Beat beat = ((Input.Heard) arrival.input()).beat();
    assertThat(beat.vantage().probe()).isEqualTo(new ProbeName("p3"));
    assertThat(beat.country()).contains("US");
    assertThat(beat.resolver()).contains("res-a");
    assertThat(beat.sent()).isEqualTo(START.plusSeconds(3));
    assertThat(beat.received()).isEqualTo(START.plusMillis(5_100));
  }

  @Test
  void observationsAreNumberedByProbeAndNamedByWhatTheyAre() {
    World world = world("[]");
    world.check(new Look(0, 0, ScenarioCheck.WEB, 0));
    world.check(new Look(1, 0, ScenarioCheck.WEB, 10));
    Arrival arrival = world.check(new Look(0, 1, ScenarioCheck.DNS_AUTH, 20)).getFirst();
    Observation observation = ((Input.Observed) arrival.input()).evidence().observation();
    assertThat(observation.id().sequence()).isEqualTo(1);
    assertThat(observation.id().boot()).isEqualTo(START.toEpochMilli());
    assertThat(world.name(observation.id())).isEqualTo("p1|blog|dns_auth|20");
  }

  @Test
  void collectorsSeeEveryPrefixOnceAndWhatEventsMakeOfIt() {
    String events =
        """
        - {at: [10, 20], bgp: {prefixes: [198.18.1.0/24], visibility: 0.2}}
        - {at: [15, 20], bgp: {prefixes: [198.18.1.0/24], visibility: 0}}
        - {at: [10, 20], bgp: {prefixes: [198.19.2.0/24], origin: 64999}}
        """;
    World world = world(events);
    assertThat(world.lookAtRoutes(1_000))
        .containsExactly(
            routed("198.18.1.0/24", 1, Optional.of(64_601L)),
            routed("198.19.1.0/24", 1, Optional.of(64_801L)),
            routed("198.18.2.0/24", 1, Optional.of(64_602L)),
            routed("198.19.2.0/24", 1, Optional.of(64_802L)));
    assertThat(world.lookAtRoutes(10_000))
        .contains(
            routed("198.18.1.0/24", 0.2, Optional.of(64_601L)),
            routed("198.19.2.0/24", 1, Optional.of(64_999L)));
    assertThat(world.lookAtRoutes(15_000)).contains(routed("198.18.1.0/24", 0, Optional.empty()));
  }

  @Test
  void theCoreKnowsWhatTargetsStandOn() {
    Watched shop = watched("[]", "shop");
    assertThat(shop.dependencies().shared().stream().map(String::valueOf))
        .containsExactlyInAnyOrder(
            "registry:verisign",
            "registrar:registrar-one",
            "tld:com",
            "dns:dyn",
            "asn:64601",
            "asn:64801",
            "cdn:fastly",
            "cloud:aws/us-east-1",
            "prefix:198.19.1.0/24",
            "ca:digicert",
            "operator:shop-inc");
    assertThat(shop.dependencies().routes())
        .containsExactly(
            new RouteDependency("198.18.1.0/24", 64_601, RouteDependency.Role.NAME_SERVERS),
            new RouteDependency("198.19.1.0/24", 64_801, RouteDependency.Role.SERVERS));
    assertThat(watched("[]", "blog").dependencies().shared().stream().map(String::valueOf))
        .contains("cloud:plain");
    assertThat(shop.cadence(CheckKind.HTTP).orElseThrow().interval())
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(shop.cadence(CheckKind.REGISTRATION).orElseThrow().timeout())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void maintenanceIsKnownFromTheStartForItsTargets() {
    String events = "- {at: [100, 200], targets: {ids: [shop]}, declare: {maintenance: true}}";
    assertThat(watched(events, "shop").isQuiet(START.plusSeconds(100))).isTrue();
    assertThat(watched(events, "shop").isQuiet(START.plusSeconds(200))).isFalse();
    assertThat(watched(events, "blog").isQuiet(START.plusSeconds(100))).isFalse();
  }

  @Test
  void whatIsAskedIsCheckedIfThereIsSuchACheck() {
    World world = world("[]");
    assertThat(world.asked(ask("shop", CheckKind.HTTP, "p2"), 77))
        .contains(new Look(1, 0, ScenarioCheck.WEB, 77));
    assertThat(world.asked(ask("shop", CheckKind.HTTP, "p9"), 77)).isEmpty();
    assertThat(world.asked(ask("other", CheckKind.HTTP, "p2"), 77)).isEmpty();
    assertThat(world.asked(ask("shop", CheckKind.TLS, "p2"), 77)).isEmpty();
  }

  @Test
  void theStartIsTheOneThatIsNamed() {
    World world =
        new World(
            Sample.of(Sample.HEAD + "origin: '2021-10-04T15:30:00Z'\nevents: []\nexpect: {}\n"),
            42);
    assertThat(world.start()).isEqualTo(Instant.parse("2021-10-04T15:30:00Z"));
  }

  private static Effect.AskAgain ask(String target, CheckKind check, String probe) {
    return new Effect.AskAgain(new TargetName(target), check, new ProbeName(probe), Duration.ZERO);
  }

  private static Input routed(String prefix, double visibility, Optional<Long> origin) {
    return new Input.Routed(new RouteView(prefix, visibility, origin));
  }

  private static Watched watched(String events, String target) {
    List<Watched> all = world(events).watchlist().targets();
    return all.stream().filter(one -> one.name().value().equals(target)).findFirst().orElseThrow();
  }

  private static World world(String events) {
    return new World(Sample.withEvents(events), 42);
  }
}
