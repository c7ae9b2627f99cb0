package parallax.probe.bgp.mapping;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import parallax.config.check.BgpSpec;
import parallax.config.check.DnsSpec;
import parallax.config.observation.Facts.RouteRole;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.origin.CymruOrigins;
import parallax.probe.audit.origin.Origins;
import parallax.probe.bgp.mapping.AddressBook.Placed;
import parallax.probe.bgp.mapping.TargetRoutes.TargetRoute;
import parallax.probe.bgp.watch.Prefixes;
import parallax.probe.bgp.watch.RouteFeed;
import parallax.probe.bgp.watch.Wanted;
import parallax.probe.bgp.watch.WatchedRoutes;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.net.AddressText;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

/**
 * Which prefixes targets stand on, learnt and kept up to date by itself; tells the feed what is
 * wanted. Safe for use by many threads.
 */
public final class RouteMap {
  /** A host is resolved so often, and whenever a check of its name tells of another address. */
  static final Duration RESOLVED_FOR = Duration.ofHours(1);

  /** Its addresses are placed so often, and when there is a new one. */
  static final Duration PLACED_FOR = Duration.ofMinutes(5);

  /** After a resolution that failed. */
  static final Duration RETRY = Duration.ofMinutes(1);

  /** Addresses that a host had before are kept so long: they rotate. */
  static final Duration KEPT = Duration.ofHours(3);

  /** A target that was not looked at for so long is no more. */
  static final Duration FORGOTTEN = Duration.ofDays(3);

  /** Addresses of one host. */
  static final int MAX_ADDRESSES = 32;

  /** Questions about origins that are under way at once. */
  static final int MAX_ASKING = 8;

  private static final Duration WANT_AGAIN = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final RouteFeed feed;
  private final NameAnswers names;
  private final Origins origins;
  private final InstantSource clock;
  private final ZoneServers zones = new ZoneServers();
  private final AddressBook book = new AddressBook();
  private final Map<BgpSpec, Host> hosts = new LinkedHashMap<>();
  private final Map<String, List<Host>> byName = new LinkedHashMap<>();
  private final AtomicInteger asking = new AtomicInteger();
  private Instant wantedAt = Instant.MIN;
  private Instant sweepAt = Instant.MIN;
  private boolean changed;

  /** What is known of one target. */
  private static final class Host {
    private final Map<InetAddress, Instant> addresses = new LinkedHashMap<>();
    private Instant asked = Instant.MIN;
    private Instant resolveAfter = Instant.MIN;
    private Instant placeAfter = Instant.MIN;
    private Optional<Future<List<InetAddress>>> resolving = Optional.empty();
  }

  /** One address to be placed. */
  private record Wish(InetAddress address, Cidr single, RouteRole role, String text) {}

  public RouteMap(
      Vertx vertx, RouteFeed feed, Check<DnsSpec> names, Origins origins, InstantSource clock) {
    this.vertx = vertx;
    this.feed = feed;
    this.names = new NameAnswers(names);
    this.origins = origins;
    this.clock = clock;
  }

  /** Those who know the routes of the internet: Team Cymru, asked in DNS. */
  public static Origins cymru(Check<DnsSpec> names) {
    return new CymruOrigins(new NameAnswers(names));
  }

  /** Takes in the name servers that a walk found. */
  public void walked(Walk walk) {
    if (zones.walked(walk)) {
      synchronized (this) {
        changed = true;
      }
    }
  }

  /** Takes in what a check of a name was answered. */
  public void answered(DnsSpec spec, CheckResult result) {
    List<InetAddress> found = NameAnswers.addresses(result);
    if (spec.server().isEmpty() && !found.isEmpty()) {
      Instant now = clock.instant();
      synchronized (this) {
        byName.getOrDefault(spec.name(), List.of()).forEach(host -> add(host, found, now));
      }
    }
  }

  /**
   * What a target stands on. Waits where nothing is known yet.
   *
   * @return never fails; completes soon after the deadline at the latest
   */
  public Future<TargetRoutes> of(BgpSpec spec, Deadline deadline) {
    return resolved(spec, deadline)
        .compose(
            _ -> {
              List<Wish> wishes = wishes(spec);
              return placed(spec, wishes, deadline).map(_ -> routes(spec, wishes));
            });
  }

  private Future<Void> resolved(BgpSpec spec, Deadline deadline) {
    Instant now = clock.instant();
    Future<List<InetAddress>> lookup;
    synchronized (this) {
      Host host = hosts.computeIfAbsent(spec, this::begin);
      host.asked = now;
      Optional<InetAddress> literal = Cidr.literal(spec.host());
      if (literal.isPresent()) {
        add(host, List.of(literal.get()), now);
        return Future.succeededFuture();
      }
      if (host.resolving.isEmpty() && !now.isBefore(host.resolveAfter)) {
        host.resolving = Optional.of(names.addresses(spec.host(), spec.naming(), deadline));
        host.resolving.get().onComplete(result -> resolved(host, result.result()));
      }
      boolean wait = host.addresses.isEmpty() && host.resolving.isPresent();
      lookup = wait ? host.resolving.get() : Future.succeededFuture(List.of());
    }
    return lookup.mapEmpty();
  }

  private Host begin(BgpSpec spec) {
    Host host = new Host();
    byName.computeIfAbsent(spec.host(), _ -> new ArrayList<>()).add(host);
    changed = true;
    return host;
  }

  private void resolved(Host host, List<InetAddress> found) {
    Instant now = clock.instant();
    synchronized (this) {
      host.resolving = Optional.empty();
      host.resolveAfter = now.plus(found.isEmpty() ? RETRY : RESOLVED_FOR);
      if (!found.isEmpty()) {
        add(host, found, now);
        changed |= host.addresses.values().removeIf(seen -> seen.plus(KEPT).isBefore(now));
      }
    }
  }

  private void add(Host host, List<InetAddress> found, Instant now) {
    for (InetAddress address : found) {
      if (host.addresses.containsKey(address) || host.addresses.size() < MAX_ADDRESSES) {
        changed |= host.addresses.put(address, now) == null;
      }
    }
  }

  private List<Wish> wishes(BgpSpec spec) {
    List<Wish> wishes = new ArrayList<>();
    synchronized (this) {
      Optional.ofNullable(hosts.get(spec))
          .ifPresent(
              host ->
                  host.addresses
                      .keySet()
                      .forEach(
                          one -> wishes.add(wish(one, RouteRole.SERVERS, AddressText.of(one)))));
    }
    zones
        .of(spec.host())
        .values()
        .forEach(
            server ->
                wishes.add(wish(server.address(), RouteRole.NAME_SERVERS, server.toString())));
    return wishes;
  }

  private static Wish wish(InetAddress address, RouteRole role, String text) {
    return new Wish(address, single(address), role, text);
  }

  private static Cidr single(InetAddress address) {
    return Cidr.around(address, address.getAddress().length * Byte.SIZE);
  }

  /** Places the addresses anew; waits for it only where one has no place yet. */
  private Future<Void> placed(BgpSpec spec, List<Wish> wishes, Deadline deadline) {
    List<Wish> routable = wishes.stream().filter(wish -> isRoutable(wish, spec)).toList();
    boolean wait;
    synchronized (this) {
      wait = routable.stream().anyMatch(wish -> book.of(wish.single()).isEmpty());
      Instant now = clock.instant();
      Optional<Host> host = Optional.ofNullable(hosts.get(spec));
      if (!wait && host.filter(one -> now.isBefore(one.placeAfter)).isPresent()) {
        return Future.succeededFuture();
      }
      host.ifPresent(one -> one.placeAfter = now.plus(PLACED_FOR));
    }
    Future<Void> placing =
        Future.join(
                Future.fromCompletionStage(
                    feed.match(routable.stream().map(Wish::single).toList()),
                    vertx.getOrCreateContext()),
                asked(routable, deadline))
            .<Void>map(
                both -> {
                  note(spec, routable, both.resultAt(0));
                  return null;
                });
    return wait ? placing : Future.succeededFuture();
  }

  private static boolean isRoutable(Wish wish, BgpSpec spec) {
    return NetworkPolicy.isPublic(wish.address()) || configured(spec, wish.single()).isPresent();
  }

  /** The longest configured prefix that holds the address. */
  private static Optional<Cidr> configured(BgpSpec spec, Cidr address) {
    return spec.policy().prefixes().stream()
        .map(Cidr::parse)
        .filter(prefix -> Prefixes.holds(prefix, address))
        .reduce((one, other) -> one.prefixLength() >= other.prefixLength() ? one : other);
  }

  /** Asks of the blocks that nobody was asked of lately, few at a time: the others wait. */
  private Future<Void> asked(List<Wish> wishes, Deadline deadline) {
    Instant now = clock.instant();
    Map<Cidr, InetAddress> blocks = new LinkedHashMap<>();
    synchronized (this) {
      for (Wish wish : wishes) {
        Cidr block = AddressBook.block(wish.address());
        if (NetworkPolicy.isPublic(wish.address()) && book.isToBeAsked(block, now)) {
          blocks.putIfAbsent(block, wish.address());
        }
      }
    }
    List<Future<Origin>> answers = new ArrayList<>();
    blocks.forEach(
        (block, address) -> {
          if (asking.incrementAndGet() > MAX_ASKING) {
            asking.decrementAndGet();
          } else {
            answers.add(
                origins
                    .of(address, deadline)
                    .onComplete(_ -> asking.decrementAndGet())
                    .onSuccess(origin -> told(block, origin)));
          }
        });
    return answers.isEmpty() ? Future.succeededFuture() : Future.join(answers).mapEmpty();
  }

  private synchronized void told(Cidr block, Origin origin) {
    book.told(block, origin, clock.instant());
  }

  private void note(BgpSpec spec, List<Wish> wishes, Map<Cidr, WatchedRoutes.Match> matches) {
    Instant now = clock.instant();
    synchronized (this) {
      for (Wish wish : wishes) {
        Optional<Placed> elsewhere =
            book.told(AddressBook.block(wish.address()))
                .or(() -> configured(spec, wish.single()).map(it -> new Placed(it, List.of())));
        Optional<WatchedRoutes.Match> match = Optional.ofNullable(matches.get(wish.single()));
        changed |= book.note(wish.single(), match, elsewhere, now);
      }
    }
  }

  private TargetRoutes routes(BgpSpec spec, List<Wish> wishes) {
    SortedMap<RouteRole, SortedMap<Cidr, List<String>>> byRole =
        new TreeMap<>(Comparator.reverseOrder());
    Map<Cidr, List<Long>> known = new LinkedHashMap<>();
    int unroutable = 0;
    int unplaced = 0;
    synchronized (this) {
      for (Wish wish : wishes) {
        Optional<Placed> placed = book.of(wish.single());
        if (!isRoutable(wish, spec)) {
          unroutable++;
        } else if (placed.isEmpty()) {
          unplaced++;
        } else {
          known.put(placed.get().prefix(), placed.get().origins());
          byRole
              .computeIfAbsent(wish.role(), _ -> new TreeMap<>(Prefixes.ORDER))
              .computeIfAbsent(placed.get().prefix(), _ -> new ArrayList<>())
              .add(wish.text());
        }
      }
      configuredOnes(spec, byRole);
      want();
    }
    List<TargetRoute> routes = new ArrayList<>();
    byRole.forEach(
        (role, prefixes) ->
            prefixes.forEach(
                (prefix, addresses) ->
                    routes.add(
                        new TargetRoute(
                            prefix, known.getOrDefault(prefix, List.of()), role, addresses))));
    return new TargetRoutes(routes, unroutable, unplaced);
  }

  private static void configuredOnes(
      BgpSpec spec, SortedMap<RouteRole, SortedMap<Cidr, List<String>>> byRole) {
    SortedMap<Cidr, List<String>> servers =
        byRole.computeIfAbsent(RouteRole.SERVERS, _ -> new TreeMap<>(Prefixes.ORDER));
    for (String prefix : spec.policy().prefixes()) {
      servers.computeIfAbsent(Cidr.parse(prefix), _ -> new ArrayList<>());
    }
  }

  /** Tells the feed what all targets want, now and then. */
  private void want() {
    Instant now = clock.instant();
    if (!now.isBefore(sweepAt)) {
      sweepAt = now.plus(RESOLVED_FOR);
      sweep(now);
    }
    if (!changed || now.isBefore(wantedAt.plus(WANT_AGAIN))) {
      return;
    }
    changed = false;
    wantedAt = now;
    SortedMap<Cidr, SortedSet<Long>> prefixes = new TreeMap<>(Prefixes.ORDER);
    NavigableSet<Cidr> addresses = new TreeSet<>(Prefixes.ORDER);
    hosts.forEach(
        (spec, host) -> {
          SortedSet<Long> allowed = spec.policy().origins();
          spec.policy().prefixes().forEach(one -> allow(prefixes, Cidr.parse(one), allowed));
          host.addresses.keySet().forEach(one -> want(spec, one, allowed, prefixes, addresses));
          zones
              .of(spec.host())
              .values()
              .forEach(one -> want(spec, one.address(), new TreeSet<>(), prefixes, addresses));
        });
    feed.want(new Wanted(prefixes, addresses));
  }

  private void sweep(Instant now) {
    changed |= hosts.values().removeIf(host -> host.asked.plus(FORGOTTEN).isBefore(now));
    byName.clear();
    hosts.forEach(
        (spec, host) -> byName.computeIfAbsent(spec.host(), _ -> new ArrayList<>()).add(host));
  }

  private void want(
      BgpSpec spec,
      InetAddress address,
      SortedSet<Long> allowed,
      SortedMap<Cidr, SortedSet<Long>> prefixes,
      SortedSet<Cidr> addresses) {
    Cidr single = single(address);
    if (NetworkPolicy.isPublic(address) || configured(spec, single).isPresent()) {
      addresses.add(single);
      book.of(single).ifPresent(placed -> allow(prefixes, placed.prefix(), allowed));
    }
  }

  private static void allow(
      SortedMap<Cidr, SortedSet<Long>> prefixes, Cidr prefix, SortedSet<Long> allowed) {
    prefixes.computeIfAbsent(prefix, _ -> new TreeSet<>()).addAll(allowed);
  }
}
