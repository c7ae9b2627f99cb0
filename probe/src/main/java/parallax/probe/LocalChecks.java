package parallax.probe;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.DnsCheck;
import parallax.probe.dns.DnsResolver;
import parallax.probe.dns.SystemNames;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.health.RouteTable;
import parallax.probe.http.HttpCheck;
import parallax.probe.net.Connector;
import parallax.probe.net.EventLoops;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;
import parallax.probe.registration.check.LocalRegistration;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.tcp.TcpCheck;
import parallax.probe.tls.TlsCheck;
import parallax.probe.tls.TlsClient;

/** Every check, put together for this machine and its network. */
public final class LocalChecks {
  private LocalChecks() {}

  /**
   * The checks.
   *
   * @param policy where they may connect
   * @param userAgent how HTTP checks introduce themselves: {@code Parallax/1.0}
   */
  public static Checks of(
      Vertx vertx, InstantSource clock, NanoSource nanos, NetworkPolicy policy, String userAgent) {
    EventLoops loops = new EventLoops(vertx);
    SelfHealth health = RouteTable.ofMachine(nanos);
    DnsExchange exchange = new DnsExchange(vertx);
    DnsResolver resolver = new DnsResolver(exchange, SystemNames.ofMachine(nanos), health, nanos);
    Connector connector = new Connector(loops, resolver, policy, health);
    TlsClient tls = new TlsClient(loops, clock, nanos);
    return new Checks(
        LocalRegistration.of(vertx, clock, nanos, new Reach(resolver, policy), userAgent).check(),
        new DnsCheck(
            exchange,
            resolver,
            server -> policy.refusal(server, NetworkPolicy.Hop.CONFIGURED).isEmpty(),
            health),
        new TcpCheck(connector),
        new TlsCheck(connector, tls),
        new HttpCheck(connector, tls, userAgent));
  }
}
