package parallax.probe.bgp.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.Holding;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.RouteWatch;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.net.Cidr;

/**
 * The table, the watches and the sources, by one clock: tell it everything with the time at which
 * it came, and the time once a second. One thread; what it says depends on nothing else.
 */
public final class WatchedRoutes {
  /** Collectors, or routers, of one source that are told apart. */
  private static final int MAX_COLLECTORS = 1_024;

  /** Shorter prefixes are default routes and the like, and nobody's own. */
  private static final int MIN_IPV4_LENGTH = 8;

  private static final int MIN_IPV6_LENGTH = 16;

  private final RouteTable table;
  private final RouteWatch watch;
  private final SortedMap<String, Source> sources = new TreeMap<>();
  private final SortedMap<Cidr, Watched> watched = new TreeMap<>(Prefixes.ORDER);
  private OptionalInt payloads = OptionalInt.empty();

  /** One source, by its own name. */
  private static final class Source {
    private final SortedSet<String> collectors = new TreeSet<>();
    private boolean connected;
  }

  /** One prefix. */
  private static final class Watched {
    private final SortedSet<Long> allowed;
    private final Alarms alarms = new Alarms();
    private NavigableSet<Long> normal = new TreeSet<>();

    Watched(SortedSet<Long> allowed) {
      this.allowed = allowed;
    }
  }

  /**
   * The route to an address.
   *
   * @param prefix the longest in the table that holds it
   * @param peers that have it
   * @param ofPeers that could: of this family, with a table at all
   * @param origins of those that have it, sorted
   */
  public record Match(Cidr prefix, int peers, int ofPeers, List<Long> origins) {
    public Match {
      origins = List.copyOf(origins);
    }

    /** Whether so many have it that it is how the address is normally reached. */
    public boolean isCommon() {
      return peers * 2 >= ofPeers;
    }
  }

  public WatchedRoutes(TableLimits limits, VisibilitySettings settings) {
    this.table = new RouteTable(limits);
    this.watch = new RouteWatch(table, settings);
  }

  /** Knows a source from now on, not connected yet. */
  public void add(String source) {
    sources.putIfAbsent(source, new Source());
  }

  /** Forgets a source; what its peers had is not known any more. */
  public void remove(String source) {
    lost(source, source);
    sources.remove(source);
  }

  /** What a peer had when its table was stored, which is no sign that its collector is alive. */
  public void stored(RouteEvent event, Instant now) {
    if (event instanceof RouteEvent.Listed listed
        && table.holding(listed.peer(), listed.prefix()) != Holding.HAS) {
      String collector = listed.peer().source();
      watch.apply(listed, now);
      boolean live =
          sources.values().stream()
              .anyMatch(source -> source.connected && source.collectors.contains(collector));
      if (!live) {
        watch.lost(collector);
      }
    }
  }

  /** What peers said, in order. */
  public void heard(String source, List<RouteEvent> events, Instant received) {
    Source from = of(source);
    from.connected = true;
    for (RouteEvent event : events) {
      String collector = event.peer().source();
      if (from.collectors.size() < MAX_COLLECTORS) {
        from.collectors.add(collector);
      }
      watch.apply(event, received);
    }
  }

  /**
   * Somebody of a source is alive.
   *
   * @param who the source itself, which is all that it tells of, or one of its collectors
   */
  public void alive(String source, String who, Instant at) {
    Source from = of(source);
    from.connected = true;
    if (who.equals(source)) {
      watch.alive(source, at);
      from.collectors.forEach(collector -> watch.alive(collector, at));
    } else {
      if (from.collectors.size() < MAX_COLLECTORS) {
        from.collectors.add(who);
      }
      watch.alive(who, at);
    }
  }

  /** A source, or one of its collectors, is connected. That does not make old news fresh. */
  public void connected(String source, String who) {
    if (who.equals(source)) {
      of(source).connected = true;
    }
  }

  /** The connection to a source, or to one of its collectors, is lost. */
  public void lost(String source, String who) {
    Source from = of(source);
    if (who.equals(source)) {
      from.connected = false;
      watch.lost(source);
      from.collectors.forEach(watch::lost);
    } else {
      watch.lost(who);
    }
  }

  private Source of(String source) {
    return sources.computeIfAbsent(source, _ -> new Source());
  }

  /** What the RPKI allows; empty when nobody says, or what was said is too old. */
  public void payloads(Optional<VrpTable> known) {
    payloads = known.map(VrpTable::size).map(OptionalInt::of).orElse(OptionalInt.empty());
    watch.payloads(known);
  }

  /** A prefix that has nothing to do with the others. */
  public void canary(Cidr prefix, Instant now) {
    watch.canary(prefix, now);
  }

  /** Watches these, and nothing else. */
  public void want(Wanted wanted, Instant now) {
    List<Cidr> gone = new ArrayList<>();
    watched.forEach(
        (prefix, one) -> {
          if (!one.allowed.equals(wanted.prefixes().get(prefix))) {
            gone.add(prefix);
          }
        });
    for (Cidr prefix : gone) {
      watch.unwatch(prefix);
      watched.remove(prefix);
    }
    wanted
        .prefixes()
        .forEach(
            (prefix, origins) -> {
              if (!watched.containsKey(prefix) && watch.watch(prefix, origins, now)) {
                watched.put(prefix, new Watched(origins));
              }
            });
  }

  /** The time, once a second; what is to be said since. */
  public List<RouteVerdict> tick(Instant now) {
    List<RouteVerdict> verdicts = watch.tick(now);
    for (RouteVerdict verdict : verdicts) {
      Optional.ofNullable(watched.get(verdict.prefix())).ifPresent(one -> one.alarms.note(verdict));
    }
    return verdicts;
  }

  /** How it stands, as of the last tick. */
  public RouteSnapshot snapshot(Instant now) {
    SortedMap<Cidr, RouteSnapshot.Standing> prefixes = new TreeMap<>(Prefixes.ORDER);
    watched.forEach(
        (prefix, one) ->
            watch.standing(prefix).ifPresent(state -> prefixes.put(prefix, standing(one, state))));
    return new RouteSnapshot(now, blind(prefixes.values()), prefixes, states(), payloads);
  }

  private boolean blind(Collection<RouteSnapshot.Standing> standings) {
    boolean nobody = sources.values().stream().noneMatch(source -> source.connected);
    boolean all =
        !standings.isEmpty()
            && standings.stream().allMatch(one -> one.reached().reach() == Reach.BLIND);
    return nobody || all;
  }

  private static RouteSnapshot.Standing standing(Watched one, RouteVerdict.Reached state) {
    List<RouteVerdict.ForeignOrigin> foreign = one.alarms.of(RouteVerdict.ForeignOrigin.class);
    if (!one.allowed.isEmpty()) {
      one.normal = new TreeSet<>(one.allowed);
    } else if (state.reach() == Reach.VISIBLE) {
      NavigableSet<Long> normal = new TreeSet<>(state.origins().keySet());
      foreign.forEach(strange -> normal.remove(strange.origin()));
      one.normal = normal.isEmpty() ? one.normal : normal;
    }
    return new RouteSnapshot.Standing(
        state,
        List.copyOf(one.normal),
        foreign,
        one.alarms.of(RouteVerdict.NewNeighbour.class),
        one.alarms.of(RouteVerdict.ValidityTurned.class));
  }

  private SortedMap<String, RouteSnapshot.SourceState> states() {
    Map<String, List<PeerStanding>> peers = new LinkedHashMap<>();
    for (PeerStanding peer : table.peers()) {
      peers.computeIfAbsent(peer.peer().source(), _ -> new ArrayList<>()).add(peer);
    }
    SortedMap<String, RouteSnapshot.SourceState> states = new TreeMap<>();
    sources.forEach(
        (name, source) -> {
          List<PeerStanding> own =
              source.collectors.stream()
                  .flatMap(collector -> peers.getOrDefault(collector, List.of()).stream())
                  .toList();
          states.put(
              name,
              new RouteSnapshot.SourceState(
                  source.connected,
                  count(own, PeerStanding::up),
                  count(own, peer -> !peer.up()),
                  count(own, peer -> !isSound(peer)),
                  broken(own)));
        });
    return states;
  }

  private static boolean isSound(PeerStanding peer) {
    return peer.health() == PeerStanding.Health.SOUND;
  }

  private static SortedMap<String, PeerStanding.Health> broken(List<PeerStanding> peers) {
    SortedMap<String, PeerStanding.Health> broken = new TreeMap<>();
    peers.stream()
        .filter(peer -> !isSound(peer))
        .limit(RouteSnapshot.SourceState.MAX_BROKEN)
        .forEach(
            peer -> broken.put(peer.peer().source() + " " + peer.peer().address(), peer.health()));
    return broken;
  }

  private static int count(List<PeerStanding> peers, Predicate<PeerStanding> which) {
    return (int) peers.stream().filter(which).count();
  }

  /** The routes to these addresses, or blocks of them, where the table has one. */
  public Map<Cidr, Match> match(Collection<Cidr> addresses) {
    List<PeerStanding> peers = table.peers();
    int ofIpv4 = count(peers, peer -> peer.up() && peer.prefixes(false) > 0);
    int ofIpv6 = count(peers, peer -> peer.up() && peer.prefixes(true) > 0);
    Map<Cidr, Match> matches = new LinkedHashMap<>();
    for (Cidr address : addresses) {
      int shortest = address.ipv6() ? MIN_IPV6_LENGTH : MIN_IPV4_LENGTH;
      table.covering(address).reversed().stream()
          .filter(prefix -> prefix.prefixLength() >= shortest)
          .map(prefix -> match(prefix, address.ipv6() ? ofIpv6 : ofIpv4))
          .filter(match -> match.peers() > 0)
          .findFirst()
          .ifPresent(match -> matches.put(address, match));
    }
    return matches;
  }

  private Match match(Cidr prefix, int ofPeers) {
    NavigableSet<String> having = new TreeSet<>();
    NavigableSet<Long> origins = new TreeSet<>();
    for (RouteTable.Route route : table.routes(prefix)) {
      having.add(route.peer().source() + " " + route.peer().address());
      route.path().origin().ifPresent(origins::add);
    }
    return new Match(prefix, having.size(), ofPeers, List.copyOf(origins));
  }
}
