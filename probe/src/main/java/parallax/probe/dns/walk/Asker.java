package parallax.probe.dns.walk;

import io.vertx.core.Future;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.Name;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.ReplyReader;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Manner;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.AddressText;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.NetworkPolicy.Hop;

/** Asks one server at a time for one walk, within its bounds. Confined to one context. */
final class Asker {
  private static final int LOOK_UPS_SHARE = 2;

  private final DnsExchange exchange;
  private final WalkSettings settings;
  private final Deadline deadline;
  private Optional<Walk.Bound> bound = Optional.empty();
  private int queries;
  private int lookUps;
  private boolean wasPublic;

  Asker(DnsExchange exchange, WalkSettings settings, Deadline deadline) {
    this.exchange = exchange;
    this.settings = settings;
    this.deadline = deadline;
  }

  /** The first bound that was met. */
  Optional<Walk.Bound> bound() {
    return bound;
  }

  void meet(Walk.Bound met) {
    bound = bound.or(() -> Optional.of(met));
  }

  int queries() {
    return queries;
  }

  Deadline deadline() {
    return deadline;
  }

  boolean hasRoute(boolean ipv6) {
    return settings.health().hasRoute(ipv6);
  }

  boolean hasRoute(NameServer server) {
    InetAddress address = server.address();
    return address.isLoopbackAddress() || hasRoute(address instanceof Inet6Address);
  }

  /**
   * Asks {@code server} for the address of another. At most every second query of a walk is one of
   * these, so that the servers that it is about still get their turn.
   */
  Future<Visit> lookUp(NameServer server, Name zone, Question question) {
    if (lookUps >= settings.limits().queries() / LOOK_UPS_SHARE) {
      meet(Walk.Bound.QUERIES);
      String detail = lookUps + " look-ups before";
      return Future.succeededFuture(
          Visit.notAsked(server, new Said.NotAsked(Said.NotAsked.Why.BOUND, detail)));
    }
    lookUps++;
    return visit(server, zone, question);
  }

  /** Asks {@code server} as a server of {@code zone}, or tells why it is not asked. */
  Future<Visit> visit(NameServer server, Name zone, Question question) {
    Optional<Said.NotAsked> hindrance = hindrance(server, zone);
    if (hindrance.isPresent()) {
      return Future.succeededFuture(Visit.notAsked(server, hindrance.get()));
    }
    queries++;
    wasPublic |= NetworkPolicy.isPublic(server.address());
    ReplyReader reader = new ReplyReader(zone, question);
    return exchange
        .ask(
            new InetSocketAddress(server.address(), settings.port()),
            question,
            Manner.OF_AUTHORITY,
            deadline.part(settings.limits().perServer()))
        .map(heard -> Visit.of(server, reader.read(heard), heard));
  }

  private Optional<Said.NotAsked> hindrance(NameServer server, Name zone) {
    InetAddress address = server.address();
    if (!hasRoute(server)) {
      String family = address instanceof Inet6Address ? "IPv6" : "IPv4";
      return because(Said.NotAsked.Why.NO_ROUTE, "no route for " + family);
    }
    Optional<String> refusal = settings.policy().refusal(address, hop(zone));
    if (refusal.isPresent()) {
      return because(Said.NotAsked.Why.FORBIDDEN, refusal.get());
    }
    if (queries >= settings.limits().queries()) {
      meet(Walk.Bound.QUERIES);
      return because(Said.NotAsked.Why.BOUND, queries + " queries asked before");
    }
    if (deadline.hasPassed()) {
      meet(Walk.Bound.TIME);
      return because(Said.NotAsked.Why.BOUND, "no time left for " + AddressText.of(address));
    }
    return Optional.empty();
  }

  /** The root's addresses are configured; every other one was learnt from an answer. */
  private Hop hop(Name zone) {
    if (zone.equals(Name.root)) {
      return Hop.CONFIGURED;
    }
    return wasPublic ? Hop.REDIRECTED_BY_PUBLIC : Hop.REDIRECTED_BY_NON_PUBLIC;
  }

  private static Optional<Said.NotAsked> because(Said.NotAsked.Why why, String detail) {
    return Optional.of(new Said.NotAsked(why, detail));
  }
}
