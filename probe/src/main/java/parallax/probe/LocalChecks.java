package parallax.probe;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import parallax.config.check.DnsSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.routes.RouteWatching;
import parallax.probe.audit.origin.Origins;
import parallax.probe.bgp.mapping.RouteMap;
import parallax.probe.bgp.watch.load.Fetch;
import parallax.probe.check.Check;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.DnsCheck;
import parallax.probe.dns.DnsResolver;
import parallax.probe.dns.SystemNames;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.vantage.SideBySide;
import parallax.probe.dns.vantage.Vantages;
import parallax.probe.dns.vantage.line.HttpsExchange;
import parallax.probe.dns.vantage.line.ServerJudge;
import parallax.probe.dns.vantage.line.StreamExchange;
import parallax.probe.dns.walk.RootHints;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.zone.DelegationCheck;
import parallax.probe.dns.zone.NameServersCheck;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.dns.zone.ZoneLooks;
import parallax.probe.each.EachAddress;
import parallax.probe.health.RouteTable;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpCheck;
import parallax.probe.icmp.EchoCheck;
import parallax.probe.icmp.EchoLines;
import parallax.probe.journey.JourneyCheck;
import parallax.probe.net.Connector;
import parallax.probe.net.Departure;
import parallax.probe.net.EventLoops;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;
import parallax.probe.ntp.NtpCheck;
import parallax.probe.openid.OpenidCheck;
import parallax.probe.page.PageCheck;
import parallax.probe.registration.check.LocalRegistration;
import parallax.probe.registration.check.RegistrationCheck;
import parallax.probe.registration.keep.PublicLists;
import parallax.probe.registration.lookup.RegistrationLookup;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.service.ServiceCheck;
import parallax.probe.tcp.TcpCheck;
import parallax.probe.tls.TlsCheck;
import parallax.probe.tls.TlsClient;
import parallax.probe.tls.judge.TrustAnchors;
import parallax.probe.trace.ConnectTracer;
import parallax.probe.trace.EchoTracer;
import parallax.probe.trace.Tracer;
import parallax.probe.udp.DatagramCheck;

/**
 * Every check, put together for this machine and its network.
 *
 * @param zones for whoever wants to see more of a zone than a check tells
 * @param registrations the same of registrations
 * @param lists the public lists that they go by
 * @param resolvers beside each other, by the CAs that vouch for those that speak TLS
 * @param routes those of the internet, which are not listened to yet
 * @param tracer who follows the way to servers that are not reached
 */
public record LocalChecks(
    Checks checks,
    ZoneLooks zones,
    RegistrationCheck registrations,
    PublicLists lists,
    Function<TrustAnchors, SideBySide> resolvers,
    LocalRoutes routes,
    Tracer tracer) {
  /**
   * What differs from one use to the next.
   *
   * @param policy where checks may connect
   * @param names the name system whose delegations are walked
   * @param registries who are asked who holds a domain
   * @param lists where public lists are kept from one start to the next; empty: they are not
   * @param routes how routes are watched
   * @param userAgent how HTTP checks introduce themselves: {@code Parallax/1.0}
   * @param departure where checks leave from: their questions to name servers and connections;
   *     registries and sources of routes are asked from wherever the system chooses
   */
  public record Settings(
      NetworkPolicy policy,
      NameSystem names,
      RegistrationLookup.Registries registries,
      Optional<Path> lists,
      RouteWatching routes,
      String userAgent,
      Departure departure) {
    /** From wherever the system chooses. */
    public Settings(
        NetworkPolicy policy,
        NameSystem names,
        RegistrationLookup.Registries registries,
        Optional<Path> lists,
        RouteWatching routes,
        String userAgent) {
      this(policy, names, registries, lists, routes, userAgent, Departure.ANY);
    }

    /** The same, leaving from there. */
    public Settings leaving(Departure from) {
      return new Settings(policy, names, registries, lists, routes, userAgent, from);
    }

    /** The same, with routes watched in another way. */
    public Settings watching(RouteWatching other) {
      return new Settings(policy, names, registries, lists, other, userAgent, departure);
    }
  }

  /** The checks. */
  public static LocalChecks of(
      Vertx vertx, InstantSource clock, NanoSource nanos, Settings settings) {
    NetworkPolicy policy = settings.policy();
    PublicLists lists = PublicLists.in(settings.lists());
    EventLoops loops = new EventLoops(vertx, settings.departure());
    SelfHealth health = RouteTable.ofMachine(nanos);
    DnsExchange exchange = new DnsExchange(vertx, settings.departure());
    SystemNames machine = SystemNames.ofMachine(nanos);
    DnsResolver resolver = new DnsResolver(exchange, machine, health, nanos);
    Connector connector = new Connector(loops, resolver, policy, health);
    TlsClient tls = new TlsClient(loops, clock, nanos);
    ZoneLooks zones =
        new ZoneLooks(
            new ZoneLooks.Ground(vertx, clock, exchange, policy, health),
            settings.names(),
            lists.suffixes());
    LocalRegistration registration =
        LocalRegistration.of(
            vertx,
            nanos,
            new Reach(resolver, policy),
            new RegistrationLookup.Settings(
                clock,
                new HttpClientOptions(),
                settings.userAgent(),
                settings.registries(),
                lists));
    Check<DnsSpec> dns =
        new DnsCheck(
            exchange,
            resolver,
            server -> policy.refusal(server, NetworkPolicy.Hop.CONFIGURED).isEmpty(),
            health);
    EchoLines echoes = new EchoLines(clock, nanos);
    LocalRoutes routes = routes(vertx, clock, nanos, dns, settings);
    DelegationCheck.Witness witness = witness(registration, routes);
    return new LocalChecks(
        new Checks(
            new Checks.OfNames(
                registration.check(),
                new DelegationCheck(zones, witness),
                routes.check(),
                new NameServersCheck(zones, witness)),
            routes.overheard(dns),
            new Checks.OfServers(
                new TcpCheck(connector),
                new TlsCheck(connector, tls),
                new ServiceCheck(new Exchange.Tools(connector, tls, settings.userAgent())),
                new EachAddress(resolver, policy)),
            web(new HttpCheck(connector, tls, settings.userAgent()), lists),
            packets(connector, echoes, clock)),
        zones,
        registration.check(),
        lists,
        authorities -> {
          ServerJudge judge = new ServerJudge(authorities, clock);
          return new SideBySide(
              new Vantages(
                  exchange,
                  new StreamExchange(vertx, judge, health),
                  new HttpsExchange(vertx, judge, health),
                  policy),
              resolver,
              machine::resolvers);
        },
        routes,
        new ConnectTracer(
            vertx,
            settings.departure(),
            nanos,
            new EchoTracer(vertx, echoes, settings.departure())));
  }

  private static Checks.OfPackets packets(
      Connector connector, EchoLines echoes, InstantSource clock) {
    return new Checks.OfPackets(
        new EchoCheck(connector, echoes),
        new DatagramCheck(connector),
        new NtpCheck(connector, clock));
  }

  private static Checks.OfWeb web(HttpCheck http, PublicLists lists) {
    return new Checks.OfWeb(
        http,
        new JourneyCheck(http, () -> lists.suffixes().known().value()),
        new OpenidCheck(http),
        new PageCheck(http));
  }

  private static LocalRoutes routes(
      Vertx vertx, InstantSource clock, NanoSource nanos, Check<DnsSpec> dns, Settings settings) {
    // A name system of one's own has addresses that the internet's routes do not lead to.
    Origins origins =
        settings.names().roots().equals(RootHints.shipped())
            ? RouteMap.cymru(dns)
            : Origins.unknown("not the name system of the internet");
    return new LocalRoutes(
        new LocalRoutes.Ground(
            vertx,
            clock,
            new SplittableRandom(nanos.nanos()),
            dns,
            origins,
            new Fetch(settings.userAgent(), settings.policy())),
        settings.routes());
  }

  private static DelegationCheck.Witness witness(
      LocalRegistration registration, LocalRoutes routes) {
    return new DelegationCheck.Witness() {
      @Override
      public Optional<Finding> saw(String zone, Outcome outcome, Instant at) {
        return registration.saw(zone, outcome, at);
      }

      @Override
      public void walked(Walk walk, Instant at) {
        routes.walked(walk);
      }
    };
  }
}
