package parallax.probe.bgp.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

/**
 * Which peer has which prefix by which path. Of a route it keeps the path; next hop and communities
 * are in the events. Peers are told apart by source and address, as some messages leave out their
 * number. One writer, and no reader while it writes.
 */
public final class RouteTable {
  private final TableLimits limits;
  private final PathPool paths;
  private final Routes routes;
  private final FamilyTable ipv4;
  private final FamilyTable ipv6;
  private final Map<Key, PeerState> peers = new LinkedHashMap<>();
  private long refused;

  /** Who spoke last: the prefixes of one update have one peer, and the same object mostly. */
  private Optional<PeerState> speaker = Optional.empty();

  private Peer spoken = new Peer("", "", 0);

  /** What a peer is found by. */
  private record Key(String source, String address) {
    static Key of(Peer peer) {
      return new Key(peer.source(), peer.address());
    }
  }

  public RouteTable(TableLimits limits) {
    this.limits = limits;
    this.paths = new PathPool(limits.paths());
    this.routes = new Routes(paths, limits.pathsOfOne());
    this.ipv4 = new FamilyTable(false, limits.prefixes());
    this.ipv6 = new FamilyTable(true, limits.prefixes());
  }

  /**
   * A route as it stands.
   *
   * @param pathId the path identifier (RFC 7911); 0 without one
   */
  public record Route(Peer peer, long pathId, AsPath path) {}

  /** Takes in what a peer said, at the time that its source tells. */
  public Change apply(RouteEvent event) {
    return apply(event, event.at());
  }

  /**
   * Takes in what a peer said.
   *
   * @param received when it came: some routers tell times that are minutes off
   */
  public Change apply(RouteEvent event, Instant received) {
    if (!isSpoken(event.peer())) {
      speaker = stateOf(event.peer(), received);
      spoken = event.peer();
    }
    if (speaker.isEmpty()) {
      refused++;
      return Change.REFUSED;
    }
    return apply(speaker.get(), event, received);
  }

  @SuppressWarnings("ReferenceEquality") // The same object again is the quick way, not the test.
  private boolean isSpoken(Peer peer) {
    return peer == spoken && speaker.isPresent();
  }

  private Optional<PeerState> stateOf(Peer peer, Instant received) {
    Key key = Key.of(peer);
    PeerState state = peers.get(key);
    if (state == null) {
      if (peers.size() >= limits.peers()) {
        return Optional.empty();
      }
      state = new PeerState(peer, received);
      peers.put(key, state);
    }
    state.name(peer);
    return Optional.of(state);
  }

  private Change apply(PeerState state, RouteEvent event, Instant received) {
    return switch (event) {
      case RouteEvent.Announced(_, _, Cidr prefix, long pathId, var attributes) -> {
        believeUp(state, received);
        state.countAnnounced();
        yield announced(state, prefix, pathId, attributes.path());
      }
      case RouteEvent.Listed(_, _, Cidr prefix, long pathId, var attributes) -> {
        state.expectTable();
        yield announced(state, prefix, pathId, attributes.path());
      }
      case RouteEvent.Withdrawn(_, _, Cidr prefix, long pathId) -> withdrawn(state, prefix, pathId);
      case RouteEvent.PeerUp _ -> up(state, received);
      case RouteEvent.PeerDown _ -> {
        state.goDown(received);
        yield Change.SESSION;
      }
      case RouteEvent.EndOfTable(_, _, boolean family6) -> {
        state.expectTable();
        forgetBefore(state, family6);
        yield Change.SESSION;
      }
    };
  }

  /** Who announces has a session, whether or not that was told; who withdraws may not have. */
  private void believeUp(PeerState state, Instant at) {
    if (!state.up()) {
      forgetBefore(state, false);
      forgetBefore(state, true);
      state.comeUp(at, false);
    }
  }

  private Change up(PeerState state, Instant at) {
    forgetBefore(state, false);
    forgetBefore(state, true);
    state.comeUp(at, true);
    return Change.SESSION;
  }

  private Change announced(PeerState state, Cidr prefix, long pathId, AsPath path) {
    FamilyTable family = family(prefix.ipv6());
    int number = family.number(prefix);
    if (number == FamilyTable.NONE) {
      refused++;
      return Change.REFUSED;
    }
    Column column = state.current(prefix.ipv6());
    int cell = column.get(number);
    Routes.Put put = routes.put(cell, pathId, path);
    column.set(number, put.cell());
    if (cell == 0 && put.cell() != 0) {
      family.held(number);
    }
    if (put.change() == Change.REFUSED) {
      refused++;
      family.releaseIfIdle(number);
    }
    return put.change();
  }

  private Change withdrawn(PeerState state, Cidr prefix, long pathId) {
    FamilyTable family = family(prefix.ipv6());
    int number = family.find(prefix);
    Routes.Put put = new Routes.Put(0, Change.NEVER_HAD);
    boolean had = false;
    if (number != FamilyTable.NONE) {
      Column column = state.current(prefix.ipv6());
      put = routes.remove(column.get(number), pathId);
      column.set(number, put.cell());
      had =
          state.up()
              && state.before(prefix.ipv6()).map(old -> clear(family, old, number)).orElse(false);
      if (put.change() == Change.GONE) {
        family.let(number);
      }
    }
    state.countWithdrawn(had || put.change() != Change.NEVER_HAD);
    return put.change();
  }

  private boolean clear(FamilyTable family, Column column, int number) {
    int cell = column.get(number);
    if (cell != 0) {
      routes.clear(cell);
      column.set(number, 0);
      family.let(number);
    }
    return cell != 0;
  }

  private void forgetBefore(PeerState state, boolean family6) {
    state.before(family6).ifPresent(column -> drop(column, family(family6)));
    state.forgetBefore(family6);
  }

  private void drop(Column column, FamilyTable family) {
    column.forEach(
        (number, cell) -> {
          routes.clear(cell);
          family.let(number);
        });
  }

  /**
   * Lets go of what peers had before sessions whose table had its time, and of peers that have been
   * down for long. Call it every minute or so.
   */
  public void expire(Instant now) {
    List<Key> gone = new ArrayList<>();
    peers.forEach(
        (key, state) -> {
          if (state.up() && !now.isBefore(state.since().plus(limits.refresh()))) {
            forgetBefore(state, false);
            forgetBefore(state, true);
          } else if (!state.up() && !now.isBefore(state.since().plus(limits.gone()))) {
            gone.add(key);
          }
        });
    for (Key key : gone) {
      speaker = Optional.empty();
      PeerState state = peers.remove(key);
      if (state != null) {
        forgetBefore(state, false);
        forgetBefore(state, true);
        drop(state.current(false), ipv4);
        drop(state.current(true), ipv6);
      }
    }
  }

  /** Whether this peer has exactly this prefix. Of a peer never heard of that is unknown. */
  public Holding holding(Peer peer, Cidr prefix) {
    PeerState state = peers.get(Key.of(peer));
    if (state == null || !state.up()) {
      return Holding.UNKNOWN;
    }
    int number = family(prefix.ipv6()).find(prefix);
    if (number == FamilyTable.NONE) {
      return Holding.HAS_NOT;
    }
    if (state.current(prefix.ipv6()).get(number) != 0) {
      return Holding.HAS;
    }
    boolean had = state.before(prefix.ipv6()).map(old -> old.get(number) != 0).orElse(false);
    return had ? Holding.UNKNOWN : Holding.HAS_NOT;
  }

  /** The routes to exactly this prefix of peers that are up, by peer as they came. */
  public List<Route> routes(Cidr prefix) {
    int number = family(prefix.ipv6()).find(prefix);
    List<Route> found = new ArrayList<>();
    if (number != FamilyTable.NONE) {
      for (PeerState state : peers.values()) {
        int cell = state.up() ? state.current(prefix.ipv6()).get(number) : 0;
        routes.forEach(cell, (id, path) -> found.add(new Route(state.peer(), id, path)));
      }
    }
    return found;
  }

  /** What holds {@code prefix} and is in the table of anybody: the longest last, itself too. */
  public List<Cidr> covering(Cidr prefix) {
    return family(prefix.ipv6()).covering(prefix);
  }

  /** The longest prefix in the table of anybody that holds {@code prefix}. */
  public Optional<Cidr> longestMatch(Cidr prefix) {
    List<Cidr> chain = covering(prefix);
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast());
  }

  /**
   * What lies inside {@code prefix}, without itself, in order of address; at most {@code limit}.
   */
  public List<Cidr> moreSpecific(Cidr prefix, int limit) {
    return family(prefix.ipv6()).moreSpecific(prefix, limit);
  }

  /** Every peer that was heard of and not forgotten, in the order in which they came. */
  public List<PeerStanding> peers() {
    return peers.values().stream().map(PeerState::standing).toList();
  }

  /** How it is with one peer, if it was ever heard. */
  public Optional<PeerStanding> peer(Peer peer) {
    return Optional.ofNullable(peers.get(Key.of(peer))).map(PeerState::standing);
  }

  /** Prefixes of one family that somebody has. */
  public int prefixes(boolean family6) {
    return family(family6).size();
  }

  /** Different paths. */
  public int paths() {
    return paths.size();
  }

  /** What there was no room for, so far. */
  public long refused() {
    return refused;
  }

  private FamilyTable family(boolean family6) {
    return family6 ? ipv6 : ipv4;
  }
}
