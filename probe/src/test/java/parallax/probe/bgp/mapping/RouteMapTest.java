package parallax.probe.bgp.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.check.BgpSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RouteRole;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.audit.facts.Origin;
import parallax.probe.bgp.mapping.TargetRoutes.TargetRoute;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.bgp.watch.RouteFeed;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.Cidr;

/** What targets stand on, with a name system and knowers of routes that a test writes. */
class RouteMapTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final String HOST = "www.example.com";

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicReference<List<String>> answers = new AtomicReference<>(List.of("8.8.4.4"));
  private final AtomicInteger resolutions = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private final RouteFeed feed =
      new RouteFeed(now::get, VisibilitySettings.DEFAULT, List.of(), _ -> {});
  private final Vertx vertx = Vertx.vertx();
  private final RouteMap map = map();

  @BeforeEach
  void start() {
    feed.start();
  }

  @AfterEach
  void close() throws Exception {
    feed.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private RouteMap map() {
    return new RouteMap(
        vertx, feed, (spec, _) -> resolve(spec), (address, _) -> origin(address), now::get);
  }

  private Future<CheckResult> resolve(DnsSpec spec) {
    resolutions.incrementAndGet();
    List<String> found = answers.get();
    return Future.succeededFuture(
        found.isEmpty()
            ? CheckResult.failed(Reason.SERVFAIL, spec.name(), Layer.DNS, Timings.NONE, Facts.NONE)
            : new CheckResult(
                Layer.DNS, Outcome.up(), Timings.NONE, Facts.NONE.withAnswers(found)));
  }

  private Future<Origin> origin(InetAddress address) {
    questions.incrementAndGet();
    return Future.succeededFuture(
        new Origin.Announced(
            Cidr.around(address, address.getAddress().length == 4 ? 22 : 44),
            new TreeSet<>(List.of(new Origin.AutonomousSystem(64500, Optional.empty())))));
  }

  @Test
  void aHostIsFoundWithThePrefixThatIsAnnounced() throws Exception {
    TargetRoutes routes = look(spec(HOST));
    assertThat(routes.routes())
        .containsExactly(
            new TargetRoute(
                Cidr.parse("8.8.4.0/22"), List.of(64500L), RouteRole.SERVERS, List.of("8.8.4.4")));
    assertThat(feed.wanted().prefixes()).containsOnlyKeys(Cidr.parse("8.8.4.0/22"));
  }

  @Test
  void nobodyIsAskedTwiceOfWhatIsKnown() throws Exception {
    look(spec(HOST));
    look(spec(HOST));
    now.set(START.plus(Duration.ofMinutes(50)));
    look(spec(HOST));
    assertThat(resolutions).hasValue(1);
    assertThat(questions).hasValue(1);
    now.set(START.plus(Duration.ofMinutes(61)));
    look(spec(HOST));
    assertThat(resolutions).hasValue(2);
    assertThat(questions).hasValue(1);
    now.set(START.plus(Duration.ofHours(25)));
    look(spec(HOST));
    assertThat(questions).hasValue(2);
  }

  @Test
  void theLastGoodMappingIsKeptWhenNamesFail() throws Exception {
    TargetRoutes good = look(spec(HOST));
    answers.set(List.of());
    for (int hour = 1; hour < 30; hour++) {
      now.set(START.plus(Duration.ofHours(hour)));
      assertThat(look(spec(HOST))).isEqualTo(good);
    }
  }

  @Test
  void anotherAddressThatACheckOfTheNameSawIsTakenIn() throws Exception {
    look(spec(HOST));
    map.answered(
        new DnsSpec(
            Optional.empty(),
            HOST,
            List.of("A"),
            new TreeMap<>(),
            Naming.SYSTEM,
            Duration.ofSeconds(5)),
        new CheckResult(
            Layer.DNS, Outcome.up(), Timings.NONE, Facts.NONE.withAnswers(List.of("9.9.9.9"))));
    assertThat(look(spec(HOST)).routes().stream().map(TargetRoute::prefix))
        .containsExactly(Cidr.parse("8.8.4.0/22"), Cidr.parse("9.9.8.0/22"));
    assertThat(resolutions).hasValue(1);
  }

  @Test
  void nameServersComeFromWalksAndStayWhenAWalkFindsThemNoMore() throws Exception {
    look(spec(HOST));
    map.walked(walk("1.1.1.1", "2606:4700::1"));
    List<TargetRoute> routes = look(spec(HOST)).routes();
    assertThat(routes.stream().map(TargetRoute::role))
        .containsExactly(RouteRole.SERVERS, RouteRole.NAME_SERVERS, RouteRole.NAME_SERVERS);
    assertThat(routes.get(1).addresses()).containsExactly("a.ns.example.net 1.1.1.1");
    assertThat(routes.get(2).prefix()).isEqualTo(Cidr.parse("2606:4700::/44"));
    map.walked(walk());
    assertThat(look(spec(HOST)).routes()).isEqualTo(routes);
  }

  @Test
  void privateAddressesHaveNoRouteUnlessAConfiguredPrefixHoldsThem() throws Exception {
    TargetRoutes loopback = look(spec("127.0.0.1"));
    assertThat(loopback.routes()).isEmpty();
    assertThat(loopback.unroutable()).isEqualTo(1);
    BgpSpec.RoutePolicy policy =
        new BgpSpec.RoutePolicy(new TreeSet<>(List.of(64511L)), List.of("10.99.0.0/16"));
    TargetRoutes laboratory =
        look(new BgpSpec("10.99.1.1", policy, Naming.SYSTEM, Duration.ofSeconds(5)));
    assertThat(laboratory.routes().stream().map(TargetRoute::prefix))
        .containsExactly(Cidr.parse("10.99.0.0/16"));
    assertThat(questions).hasValue(0);
    now.set(START.plusSeconds(2));
    look(spec("127.0.0.1"));
    assertThat(feed.wanted().prefixes().get(Cidr.parse("10.99.0.0/16"))).containsExactly(64511L);
    assertThat(feed.wanted().addresses()).containsExactly(Cidr.parse("10.99.1.1/32"));
  }

  private static Walk walk(String... addresses) throws Exception {
    Name zone = Name.fromString("example.com.");
    Name server = Name.fromString("a.ns.example.net.");
    List<Visit> visits = new ArrayList<>();
    for (String address : addresses) {
      visits.add(
          Visit.notAsked(
              new NameServer(server, InetAddress.ofLiteral(address)),
              new Said.NotAsked(Said.NotAsked.Why.BOUND, "")));
    }
    Step root = new Step(Name.root, List.of(), new TreeSet<>());
    Step own =
        new Step(zone, visits, new TreeSet<>(visits.isEmpty() ? List.of(server) : List.of()));
    return new Walk(
        zone, new Question(zone, Type.SOA), List.of(root, own), Optional.empty(), 2, Duration.ZERO);
  }

  private static BgpSpec spec(String host) {
    return new BgpSpec(host, BgpSpec.RoutePolicy.LEARNT, Naming.SYSTEM, Duration.ofSeconds(5));
  }

  private TargetRoutes look(BgpSpec spec) throws Exception {
    Deadline deadline = Deadline.startingNow(System::nanoTime, spec.timeout());
    TargetRoutes first = map.of(spec, deadline).await(5, TimeUnit.SECONDS);
    assertThat(first).isNotNull();
    now.updateAndGet(instant -> instant.plusSeconds(2));
    return map.of(spec, deadline).await(5, TimeUnit.SECONDS);
  }
}
