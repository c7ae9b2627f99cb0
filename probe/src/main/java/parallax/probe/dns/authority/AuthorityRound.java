package parallax.probe.dns.authority;

import io.vertx.core.Future;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.ReplyReader;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Manner;
import parallax.probe.dns.wire.Manner.Transport;
import parallax.probe.dns.wire.Question;

/**
 * Asks every server of a zone, as a walk found them, the same questions at once. Whom the walk did
 * not ask (no route, forbidden, at its bounds) is not asked here either.
 */
public final class AuthorityRound {
  private final DnsExchange exchange;
  private final int port;
  private final Duration patience;

  /**
   * @param port of every server
   * @param patience how long one question to one server may take
   */
  public AuthorityRound(DnsExchange exchange, int port, Duration patience) {
    this.exchange = exchange;
    this.port = port;
    this.patience = patience;
  }

  /**
   * Asks the servers that {@code walk} ended at.
   *
   * @return never fails but by a bug; empty when the walk did not get to the zone
   */
  public Future<Optional<ZoneEvidence>> ask(Walk walk, AuthoritySpec spec, Deadline deadline) {
    Optional<Step> own = walk.own();
    Optional<Delegation> delegation = own.flatMap(step -> walk.delegationOf(step.zone()));
    if (own.isEmpty() || delegation.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    List<Future<ServerEvidence>> servers =
        own.get().visits().stream()
            .map(visit -> ask(visit, delegation.get(), spec, deadline.part(patience)))
            .toList();
    return Future.join(servers)
        .map(
            _ ->
                Optional.of(
                    new ZoneEvidence(
                        delegation.get(), servers.stream().map(Future::result).toList())));
  }

  private Future<ServerEvidence> ask(
      Visit known, Delegation delegation, AuthoritySpec spec, Deadline deadline) {
    if (known.said() instanceof Said.NotAsked) {
      return Future.succeededFuture(ServerEvidence.untested(known));
    }
    NameServer server = known.server();
    Asking asking = new Asking(server, delegation, deadline);
    Question soa = new Question(delegation.zone(), Type.SOA);
    int family = server.address() instanceof Inet6Address ? Type.AAAA : Type.A;
    List<Future<Visit>> visits = new ArrayList<>();
    visits.add(put(asking, soa, Transport.UDP_THEN_TCP));
    visits.add(put(asking, new Question(delegation.zone(), Type.NS), Transport.UDP_THEN_TCP));
    for (AuthoritySpec.Target target : spec.targets()) {
      visits.add(put(asking, target.question(), Transport.UDP_THEN_TCP));
    }
    Future<Optional<Visit>> tcp =
        spec.tcp()
            ? put(asking, soa, Transport.TCP).map(Optional::of)
            : Future.succeededFuture(Optional.empty());
    Future<Optional<Visit>> host =
        delegation.needsGlue(server.host())
            ? put(asking, new Question(server.host(), family), Transport.UDP_THEN_TCP)
                .map(Optional::of)
            : Future.succeededFuture(Optional.empty());
    return Future.join(Future.join(visits), tcp, host)
        .map(
            _ ->
                new ServerEvidence(
                    visits.get(0).result(),
                    tcp.result(),
                    Optional.of(visits.get(1).result()),
                    host.result(),
                    visits.stream().skip(2).map(Future::result).toList()));
  }

  private record Asking(NameServer server, Delegation delegation, Deadline deadline) {}

  private Future<Visit> put(Asking asking, Question question, Transport transport) {
    NameServer server = asking.server();
    ReplyReader reader = new ReplyReader(asking.delegation().zone(), question);
    return exchange
        .ask(
            new InetSocketAddress(server.address(), port),
            question,
            Manner.OF_AUTHORITY.over(transport),
            asking.deadline())
        .map(heard -> Visit.of(server, reader.read(heard), heard));
  }
}
