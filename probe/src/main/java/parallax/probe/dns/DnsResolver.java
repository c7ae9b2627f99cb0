package parallax.probe.dns;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.Answer.Found;
import parallax.probe.dns.Answer.Missing;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.Resolver;
import parallax.probe.net.SelfHealth;

/**
 * Names to addresses, asked anew each time: nothing is cached.
 *
 * <ul>
 *   <li>{@code localhost} and names under it are loopback and never asked for (RFC 6761 section
 *       6.3).
 *   <li>Other names without dots are looked up in the machine's hosts file first, where no
 *       resolvers are configured.
 *   <li>Everything else is asked of the configured resolvers, else of the machine's own, in order.
 *       Where the family is left open IPv6 addresses are only asked for when there are no IPv4
 *       ones, as only then they are used.
 * </ul>
 */
public final class DnsResolver implements Resolver {
  /** Further addresses of a name are dropped. */
  static final int MAX_ADDRESSES = 32;

  private static final String LOCALHOST = "localhost";
  private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");
  private static final List<InetAddress> LOOPBACK = List.of(SystemNames.loopback(), LOOPBACK_6);

  private final SystemNames names;
  private final ResolverRound round;

  public DnsResolver(DnsExchange exchange, SystemNames names, SelfHealth health, NanoSource clock) {
    this.names = names;
    this.round = new ResolverRound(exchange, new OwnRoutes(health), clock);
  }

  @Override
  public Future<Resolution> resolve(String host, Naming naming, Deadline deadline) {
    Optional<List<InetAddress>> known =
        SystemNames.literal(host).map(List::of).or(() -> local(host, naming));
    if (known.isPresent()) {
      List<InetAddress> usable = ofFamily(known.get(), naming.family());
      return Future.succeededFuture(
          usable.isEmpty()
              ? new Unresolved(
                  Reason.NODATA, host + " has no address of this family", Duration.ZERO)
              : new Resolved(usable, List.of(), Duration.ZERO));
    }
    NanoSource clock = deadline.clock();
    long started = clock.nanos();
    return addresses(host, naming, deadline)
        .map(answer -> resolution(answer, Duration.ofNanos(clock.nanos() - started)));
  }

  private static Resolution resolution(Answer answer, Duration took) {
    return switch (answer) {
      case Found(List<Record> records, List<Name> aliases) ->
          new Resolved(
              records.stream()
                  .limit(MAX_ADDRESSES)
                  .map(Presentation::address)
                  .flatMap(Optional::stream)
                  .toList(),
              aliases.stream().map(Presentation::canonicalName).toList(),
              took);
      case Missing(Reason reason, String detail) -> new Unresolved(reason, detail, took);
    };
  }

  private Future<Answer> addresses(String host, Naming naming, Deadline deadline) {
    return switch (naming.family()) {
      case IPV4 -> ask(host, Type.A, naming, deadline);
      case IPV6 -> ask(host, Type.AAAA, naming, deadline);
      case ANY ->
          ask(host, Type.A, naming, deadline)
              .compose(
                  first ->
                      first instanceof Missing(Reason reason, _) && reason == Reason.NODATA
                          ? ask(host, Type.AAAA, naming, deadline)
                          : Future.succeededFuture(first));
    };
  }

  /**
   * Asks for records of a name.
   *
   * @return never fails; completes at the deadline at the latest
   */
  Future<Answer> ask(String host, int type, Naming naming, Deadline deadline) {
    Optional<Name> name = Question.nameOf(host);
    if (name.isEmpty()) {
      return Future.succeededFuture(new Missing(Reason.NXDOMAIN, "not a domain name: " + host));
    }
    Question question = new Question(name.get(), type);
    if (type == Type.A || type == Type.AAAA) {
      Optional<List<InetAddress>> local = local(host, naming);
      if (local.isPresent()) {
        return Future.succeededFuture(localAnswer(question, local.get()));
      }
    }
    return servers(naming, deadline)
        .compose(
            servers ->
                servers.isEmpty()
                    ? Future.succeededFuture(
                        new Missing(
                            Reason.PROBE_RESOLVER_DOWN,
                            "no address for any of " + naming.resolvers()))
                    : round.ask(servers, question, deadline));
  }

  private static Answer localAnswer(Question question, List<InetAddress> addresses) {
    Name name = question.name();
    List<Record> records =
        addresses.stream()
            .<Record>mapMulti(
                (address, out) -> {
                  switch (address) {
                    case Inet4Address four when question.type() == Type.A ->
                        out.accept(new ARecord(name, DClass.IN, 0, four));
                    case Inet6Address six when question.type() == Type.AAAA ->
                        out.accept(new AAAARecord(name, DClass.IN, 0, six));
                    default -> {}
                  }
                })
            .toList();
    return records.isEmpty()
        ? new Missing(Reason.NODATA, question + " on this machine")
        : new Found(records, List.of());
  }

  /** The addresses that this machine itself knows for {@code host}. */
  private Optional<List<InetAddress>> local(String host, Naming naming) {
    String written = host.toLowerCase(Locale.ROOT);
    String name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    if (name.equals(LOCALHOST) || name.endsWith("." + LOCALHOST)) {
      return Optional.of(LOOPBACK);
    }
    if (!naming.resolvers().isEmpty() || name.indexOf('.') >= 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(names.current().hosts().get(name));
  }

  private static List<InetAddress> ofFamily(List<InetAddress> all, AddressFamily family) {
    List<InetAddress> four = all.stream().filter(Inet4Address.class::isInstance).toList();
    List<InetAddress> six = all.stream().filter(Inet6Address.class::isInstance).toList();
    return switch (family) {
      case IPV4 -> four;
      case IPV6 -> six;
      case ANY -> Stream.concat(four.stream(), six.stream()).toList();
    };
  }

  /** The resolvers to ask; those that are configured by name are looked up by the machine's own. */
  private Future<List<InetSocketAddress>> servers(Naming naming, Deadline deadline) {
    if (naming.resolvers().isEmpty()) {
      return Future.succeededFuture(names.current().resolvers());
    }
    List<Future<Optional<InetSocketAddress>>> servers =
        naming.resolvers().stream().map(server -> address(server, deadline)).toList();
    if (servers.stream().allMatch(Future::isComplete)) {
      return Future.succeededFuture(known(servers));
    }
    return Future.join(servers).map(_ -> known(servers));
  }

  private static List<InetSocketAddress> known(List<Future<Optional<InetSocketAddress>>> servers) {
    return servers.stream()
        .map(Future::result)
        .filter(Objects::nonNull)
        .flatMap(Optional::stream)
        .toList();
  }

  private Future<Optional<InetSocketAddress>> address(ServerAddress server, Deadline deadline) {
    Duration half = deadline.left().dividedBy(2);
    return resolve(server.host(), Naming.SYSTEM, deadline.part(half))
        .map(
            resolution ->
                switch (resolution) {
                  case Resolved(List<InetAddress> addresses, _, _) ->
                      Optional.of(new InetSocketAddress(addresses.getFirst(), server.port()));
                  case Unresolved _ -> Optional.empty();
                });
  }
}
