package parallax.deploy.endtoend.routes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.Holding;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.RouteWatch;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.bgp.visibility.VisibilitySettings.ReachLimits;
import parallax.probe.bgp.visibility.VisibilitySettings.SourceLimits;
import parallax.probe.net.Cidr;

/** Hears all sources of a test into one table, and watches prefixes there. Safe from any thread. */
final class Ears implements RouteListener {
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration MOMENT = Duration.ofMillis(300);

  /** A few voters are enough here, and moments instead of minutes. */
  private static final VisibilitySettings SETTINGS =
      new VisibilitySettings(
          new ReachLimits(0.9, 50, MOMENT, 0.1, 2, 2, MOMENT, MOMENT, 0.5),
          new SourceLimits(
              2,
              Duration.ofHours(8),
              Duration.ofDays(1),
              Duration.ofMinutes(1),
              0.8,
              Duration.ZERO,
              3,
              0.3),
          VisibilitySettings.OriginLimits.DEFAULT);

  private final InstantSource clock = InstantSource.system();
  private final RouteTable table = new RouteTable(TableLimits.DEFAULT);
  private final RouteWatch watch = new RouteWatch(table, SETTINGS);
  private final List<RouteEvent> events = new ArrayList<>();
  private final List<String> connections = new ArrayList<>();
  private final List<RouteVerdict> verdicts = new ArrayList<>();
  private Optional<VrpTable> payloads = Optional.empty();

  @Override
  public synchronized void heard(List<RouteEvent> heard, Instant received) {
    heard.forEach(event -> watch.apply(event, received));
    events.addAll(heard);
  }

  @Override
  public synchronized void alive(String source, Instant at) {
    watch.alive(source, at);
  }

  @Override
  public synchronized void lost(String source, Instant at, String why) {
    connections.add("lost " + source);
  }

  @Override
  public synchronized void connected(String source, Instant at) {
    connections.add("connected " + source);
    watch.alive(source, at);
  }

  synchronized void watch(Cidr prefix) {
    watch.watch(prefix, List.of(RouteLab.ORIGIN), clock.instant());
  }

  synchronized void payloads(Optional<VrpTable> now) {
    // What comes is the client's own, and changes with the next answer.
    payloads = now.map(Ears::copy);
    watch.payloads(payloads);
  }

  private static VrpTable copy(VrpTable table) {
    VrpTable copy = new VrpTable();
    table.forEach(copy::add);
    return copy;
  }

  /** Whether the RPKI lets the origin announce this. */
  synchronized boolean isAllowed(Cidr prefix) {
    return payloads
        .filter(now -> now.validity(prefix, Optional.of(RouteLab.ORIGIN)) == Validity.VALID)
        .isPresent();
  }

  synchronized Holding holding(String source, String address, Cidr prefix) {
    return table.holding(new Peer(source, address, 0), prefix);
  }

  synchronized Optional<PeerStanding> peer(String source, String address) {
    return table.peer(new Peer(source, address, 0));
  }

  synchronized List<String> connections() {
    return List.copyOf(connections);
  }

  synchronized List<RouteEvent> events() {
    return List.copyOf(events);
  }

  /** Every verdict so far. */
  synchronized List<RouteVerdict> verdicts() {
    verdicts.addAll(watch.tick(clock.instant()));
    return List.copyOf(verdicts);
  }

  /** How far a watched prefix is said to be seen. */
  Reach reach(Cidr prefix) {
    verdicts();
    synchronized (this) {
      return watch.standing(prefix).orElseThrow().reach();
    }
  }

  /** Waits until this holds; whatever it was then. */
  void await(String what, Predicate<Ears> condition) {
    Awaitility.await(what)
        .atMost(WHILE)
        .pollInterval(STEP)
        .until(
            () -> {
              verdicts();
              return condition.test(this);
            });
  }

  void awaitHolding(String source, String address, Cidr prefix, Holding holding) {
    await(
        source + " says of " + address + " and " + prefix + ": " + holding,
        ears -> ears.holding(source, address, prefix) == holding);
  }

  void awaitReach(Cidr prefix, Reach reach) {
    await(prefix + " is " + reach, ears -> ears.reach(prefix) == reach);
  }
}
