package parallax.probe.bgp.visibility;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.table.Holding;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.net.Cidr;

/** Who had one prefix lately, and since when not: the baseline that losses are told by. */
final class PrefixWatch {
  /** Of those that have lost the prefix, this share has what covers it, or it covers nothing. */
  private static final double COVERING_SHARE = 0.5;

  private final Cidr prefix;
  private final RouteTable table;
  private final VisibilitySettings settings;
  private final Map<String, Carriage> carriages = new LinkedHashMap<>();

  /** Whether a peer has it, as far as was looked at, and until when it had. */
  private static final class Carriage {
    private final Peer peer;
    private final Voter voter;
    private boolean carrying;
    private Instant last;

    Carriage(Peer peer, Instant last) {
      this.peer = peer;
      this.voter = Voter.of(peer);
      this.last = last;
    }
  }

  /** What else is to be known to count votes. */
  interface Surroundings {
    /** Whether nothing comes from this source. */
    boolean silent(String source);

    /** Whether sessions of this source ended together about then. */
    boolean besideEnd(String source, Instant at);
  }

  PrefixWatch(Cidr prefix, RouteTable table, VisibilitySettings settings, Instant now) {
    this.prefix = prefix;
    this.table = table;
    this.settings = settings;
    for (RouteTable.Route route : table.routes(prefix)) {
      note(route.peer(), now);
    }
  }

  /** A peer has said something of this prefix, and the table has it already. */
  void note(Peer told, Instant at) {
    boolean has = table.holding(told, prefix) == Holding.HAS;
    String key = told.source() + " " + told.address();
    Carriage carriage = carriages.get(key);
    if (carriage == null) {
      if (!has) {
        return;
      }
      Peer peer = table.peer(told).map(PeerStanding::peer).orElse(told);
      carriage = new Carriage(peer, at);
      carriages.put(key, carriage);
    }
    if (has || carriage.carrying) {
      carriage.last = at;
    }
    carriage.carrying = has;
  }

  /**
   * The votes of all that had it lately.
   *
   * @param keep while it is withdrawn those that had it before stay, however long that lasts
   */
  SortedMap<Voter, Sight.Vote> votes(Surroundings surroundings, boolean keep, Instant now) {
    Instant oldest = now.minus(settings.source().baseline());
    carriages.values().removeIf(one -> !keep && !one.carrying && one.last.isBefore(oldest));
    SortedMap<Voter, Sight.Vote> votes = new TreeMap<>();
    for (Carriage carriage : carriages.values()) {
      boolean sound =
          table
              .peer(carriage.peer)
              .map(peer -> peer.health() == PeerStanding.Health.SOUND)
              .orElse(false);
      if (sound) {
        Sight.Vote vote = vote(carriage, surroundings, now);
        votes.merge(carriage.voter, vote, PrefixWatch::both);
      }
    }
    return votes;
  }

  private Sight.Vote vote(Carriage carriage, Surroundings surroundings, Instant now) {
    String source = carriage.peer.source();
    Holding holding = table.holding(carriage.peer, prefix);
    if (surroundings.silent(source) || holding == Holding.UNKNOWN) {
      return new Sight.Unknown();
    }
    if (holding == Holding.HAS) {
      carriage.carrying = true;
      return new Sight.Sees();
    }
    if (carriage.carrying) {
      // Its new table is complete and the prefix is not in it.
      carriage.carrying = false;
      carriage.last = now;
    }
    return surroundings.besideEnd(source, carriage.last)
        ? new Sight.Unknown()
        : new Sight.Lost(carriage.last);
  }

  /** Of two sessions of one voter: who sees, sees. */
  private static Sight.Vote both(Sight.Vote one, Sight.Vote other) {
    if (one instanceof Sight.Sees || other instanceof Sight.Sees) {
      return new Sight.Sees();
    }
    if (one instanceof Sight.Lost(Instant at) && other instanceof Sight.Lost(Instant also)) {
      return new Sight.Lost(at.isAfter(also) ? at : also);
    }
    return one instanceof Sight.Lost ? one : other;
  }

  /** The longest less specific that half of the voters have. */
  Optional<Cidr> coveredBy() {
    for (Cidr outer : table.covering(prefix).reversed()) {
      SortedSet<Voter> asked = new TreeSet<>();
      SortedSet<Voter> having = new TreeSet<>();
      if (!outer.equals(prefix)) {
        for (Carriage carriage : carriages.values()) {
          Holding holding = table.holding(carriage.peer, outer);
          if (holding != Holding.UNKNOWN) {
            asked.add(carriage.voter);
          }
          if (holding == Holding.HAS) {
            having.add(carriage.voter);
          }
        }
      }
      if (!having.isEmpty() && having.size() >= COVERING_SHARE * asked.size()) {
        return Optional.of(outer);
      }
    }
    return Optional.empty();
  }

  /** Who announces it now, with how many voters. */
  SortedMap<Long, Integer> origins() {
    SortedMap<Long, SortedSet<Voter>> voters = new TreeMap<>();
    for (RouteTable.Route route : table.routes(prefix)) {
      route
          .path()
          .origin()
          .ifPresent(
              origin ->
                  voters.computeIfAbsent(origin, _ -> new TreeSet<>()).add(Voter.of(route.peer())));
    }
    SortedMap<Long, Integer> counts = new TreeMap<>();
    voters.forEach((origin, who) -> counts.put(origin, who.size()));
    return counts;
  }
}
