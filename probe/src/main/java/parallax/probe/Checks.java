package parallax.probe;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.each.Way;
import parallax.probe.health.OwnTrouble;

/**
 * All checks behind one door, with a supervisor: a check that throws, fails its future or is still
 * running {@link #GRACE} after its deadline has a defect, and ends as PROBE_INTERNAL_ERROR. The
 * first such of each kind is logged.
 */
public final class Checks {
  /** A check may end this much after its deadline. */
  public static final Duration GRACE = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

  private final OfNames names;
  private final Check<DnsSpec> dns;
  private final OfServers servers;
  private final OfWeb web;
  private final OfPackets packets;
  private final Map<CheckKind, AtomicBoolean> logged = new EnumMap<>(CheckKind.class);

  /** The checks of what a name stands on: registries, the servers of zones, routes to them. */
  public record OfNames(
      Check<RegistrationSpec> registration,
      Check<ZoneSpec.Delegation> delegation,
      Check<BgpSpec> routes,
      Check<ZoneSpec.NameServers> nameServers) {}

  /**
   * The checks of servers by what they are connected with.
   *
   * @param addresses by which checks look at each address of a name
   */
  public record OfServers(
      Check<TcpSpec> tcp, Check<TlsSpec> tls, Check<ServiceSpec> service, Way addresses) {
    /** Such as look at one address always. */
    public OfServers(Check<TcpSpec> tcp, Check<TlsSpec> tls, Check<ServiceSpec> service) {
      this(tcp, tls, service, (spec, deadline, look) -> look.run(spec, deadline));
    }
  }

  /** The checks that speak HTTP: one request, and several. */
  public record OfWeb(
      Check<HttpSpec> http,
      Check<HttpSpec.Journey> journey,
      Check<HttpSpec.Openid> openid,
      Check<HttpSpec.Page> page) {}

  /** The checks that send single packets. */
  public record OfPackets(
      Check<PacketSpec.Echo> icmp, Check<PacketSpec.Datagram> udp, Check<PacketSpec.Ntp> ntp) {}

  public Checks(
      OfNames names, Check<DnsSpec> dns, OfServers servers, OfWeb web, OfPackets packets) {
    this.names = names;
    this.dns = dns;
    this.servers = servers;
    this.web = web;
    this.packets = packets;
    for (CheckKind kind : CheckKind.values()) {
      logged.put(kind, new AtomicBoolean());
    }
  }

  /**
   * Makes the check that {@code spec} describes.
   *
   * @return never fails; completes {@link #GRACE} after the deadline at the latest
   */
  public Future<CheckResult> run(CheckSpec spec, Deadline deadline) {
    long patience = deadline.left().plus(GRACE).toNanos();
    return onCallersLoop(spec)
        .compose(known -> servers.addresses().run(known, deadline, this::dispatch))
        .timeout(patience, TimeUnit.NANOSECONDS)
        .recover(
            failure ->
                Future.succeededFuture(
                    failure instanceof TimeoutException && isLate(deadline)
                        ? overloaded(spec.kind(), deadline)
                        : defect(spec.kind(), failure)));
  }

  /** On an event loop the supervisor's timer is one of that loop, which is far cheaper. */
  private static Future<CheckSpec> onCallersLoop(CheckSpec spec) {
    return Optional.ofNullable(ContextInternal.current())
        .map(context -> context.succeededFuture(spec))
        .orElseGet(() -> Future.succeededFuture(spec));
  }

  private Future<CheckResult> dispatch(CheckSpec spec, Deadline deadline) {
    return switch (spec) {
      case RegistrationSpec it -> names.registration().run(it, deadline);
      case ZoneSpec.Delegation it -> names.delegation().run(it, deadline);
      case BgpSpec it -> names.routes().run(it, deadline);
      case ZoneSpec.NameServers it -> names.nameServers().run(it, deadline);
      case DnsSpec it -> dns.run(it, deadline);
      case TcpSpec it -> servers.tcp().run(it, deadline);
      case TlsSpec it -> servers.tls().run(it, deadline);
      case ServiceSpec it -> servers.service().run(it, deadline);
      case HttpSpec it -> web.http().run(it, deadline);
      case HttpSpec.Journey it -> web.journey().run(it, deadline);
      case HttpSpec.Openid it -> web.openid().run(it, deadline);
      case HttpSpec.Page it -> web.page().run(it, deadline);
      case PacketSpec.Echo it -> packets.icmp().run(it, deadline);
      case PacketSpec.Datagram it -> packets.udp().run(it, deadline);
      case PacketSpec.Ntp it -> packets.ntp().run(it, deadline);
    };
  }

  /** The supervisor itself came too late: so may have done whatever the check waited for. */
  private static boolean isLate(Deadline deadline) {
    return deadline.late().compareTo(GRACE.plus(OwnTrouble.MAX_LOOP_LAG)) > 0;
  }

  private static CheckResult overloaded(CheckKind kind, Deadline deadline) {
    return CheckResult.failed(
        Reason.PROBE_OVERLOADED,
        "deadline noticed " + deadline.late().toMillis() + " ms late",
        firstLayer(kind),
        Timings.NONE,
        Facts.NONE);
  }

  private CheckResult defect(CheckKind kind, Throwable failure) {
    boolean first =
        Optional.ofNullable(logged.get(kind)).filter(seen -> !seen.getAndSet(true)).isPresent();
    if (first) {
      LOG.warn("check={} defect={}", kind.label(), failure.toString(), failure);
    }
    return CheckResult.failed(
        Reason.PROBE_INTERNAL_ERROR,
        failure instanceof TimeoutException
            ? "still running " + GRACE.toMillis() + " ms after its deadline"
            : failure.getClass().getSimpleName(),
        firstLayer(kind),
        Timings.NONE,
        Facts.NONE);
  }

  /** The layer to file a check under that was not looked at. */
  static Layer firstLayer(CheckKind kind) {
    return switch (kind) {
      case REGISTRATION -> Layer.REGISTRATION;
      case DELEGATION -> Layer.DELEGATION;
      case BGP -> Layer.BGP;
      case DNS_AUTH -> Layer.DNS_AUTH;
      case DNS -> Layer.DNS;
      case TCP, ICMP, UDP -> Layer.TCP;
      case TLS -> Layer.TLS;
      case HTTP, NTP, SERVICE, JOURNEY, OPENID, PAGE -> Layer.HTTP;
    };
  }
}
