package parallax.probe.blackbox;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.dns.DnsProber;
import parallax.probe.blackbox.echo.EchoProber;
import parallax.probe.blackbox.grpc.GrpcProber;
import parallax.probe.blackbox.http.HttpProber;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.serve.BlackboxPages;
import parallax.probe.blackbox.serve.Modules;
import parallax.probe.blackbox.serve.Probers;
import parallax.probe.blackbox.serve.Probing;
import parallax.probe.blackbox.talk.SocketProber;
import parallax.probe.blackbox.talk.StreamProber;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.DnsResolver;
import parallax.probe.dns.SystemNames;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.health.RouteTable;
import parallax.probe.http.Exchange;
import parallax.probe.icmp.EchoLines;
import parallax.probe.net.Connector;
import parallax.probe.net.Departure;
import parallax.probe.net.EventLoops;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;
import parallax.probe.tls.TlsClient;

/** The probes that Prometheus asks for, put together for this machine and its network. */
public final class BlackboxNode {
  private final Modules modules;
  private final BlackboxPages pages;

  private BlackboxNode(Modules modules, BlackboxPages pages) {
    this.modules = modules;
    this.pages = pages;
  }

  /**
   * What differs from one use to the next.
   *
   * @param file of modules; empty: the built-in ones
   * @param policy where probes may connect
   * @param userAgent how HTTP probes introduce themselves
   */
  public record Settings(
      Optional<Path> file,
      NetworkPolicy policy,
      Departure departure,
      String userAgent,
      BlackboxPages.Settings pages) {}

  /** Puts them together; the file is not read yet. */
  public static BlackboxNode of(Vertx vertx, Settings settings) {
    InstantSource clock = InstantSource.system();
    NanoSource nanos = System::nanoTime;
    EventLoops loops = new EventLoops(vertx, settings.departure());
    SelfHealth health = RouteTable.ofMachine(nanos);
    DnsResolver resolver =
        new DnsResolver(
            new DnsExchange(vertx, settings.departure()),
            SystemNames.ofMachine(nanos),
            health,
            nanos);
    Connector connector =
        new Connector(
            loops,
            new HostsFirst(Path.of("/etc/hosts"), resolver, nanos),
            settings.policy(),
            health);
    TlsClient tls = new TlsClient(loops, clock, nanos);
    Exchange.Tools http = new Exchange.Tools(connector, tls, settings.userAgent());
    Probers probers =
        new Probers(
            new HttpProber(http),
            new StreamProber(),
            new DnsProber(
                from ->
                    new DnsExchange(
                        vertx, from.equals(Departure.ANY) ? settings.departure() : from)),
            new EchoProber(new EchoLines(clock, nanos)),
            new GrpcProber(http),
            new SocketProber(settings.userAgent()));
    Modules modules = new Modules(settings.file(), clock);
    return new BlackboxNode(
        modules,
        new BlackboxPages(
            vertx,
            modules,
            new Probing(
                new Sight.Tools(connector, tls), probers, clock, nanos, settings.pages().told()),
            settings.pages()));
  }

  /** Reads the file of modules; what is wrong with it, and then it is not in force. */
  public List<Problem> load() {
    return modules.load();
  }

  /** What is served. */
  public BlackboxPages pages() {
    return pages;
  }
}
