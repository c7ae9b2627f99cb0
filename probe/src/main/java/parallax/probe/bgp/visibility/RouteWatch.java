package parallax.probe.bgp.visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.probe.bgp.prefix.PrefixTrie;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.net.Cidr;

/**
 * All watched prefixes over one table. Tell it every event and, once a second, the time; verdicts
 * come with the time alone, so that in which order events come within a second makes no difference.
 * One thread.
 */
public final class RouteWatch {
  public static final int MAX_WATCHED = 100_000;

  /** Ends of sessions of one source that are remembered. */
  private static final int MAX_ENDS = 1_024;

  private static final int MAX_SOURCES = 1_024;

  /** Every watch is looked at so often, whether or not something came. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  private final RouteTable table;
  private final VisibilitySettings settings;
  private final ReachRule rule;
  private final PrefixTrie ipv4 = new PrefixTrie(false, MAX_WATCHED);
  private final PrefixTrie ipv6 = new PrefixTrie(true, MAX_WATCHED);
  private final SortedMap<Integer, Watched> watched = new TreeMap<>();
  private final Map<String, Instant> heard = new LinkedHashMap<>();
  private final Map<String, Deque<Instant>> ends = new LinkedHashMap<>();
  private Optional<VrpTable> payloads = Optional.empty();
  private int numbers;
  private Instant nextRound = Instant.MIN;
  private Set<String> speaking = Set.of();

  /** One watched prefix. */
  private static final class Watched {
    private final Cidr prefix;
    private final boolean canary;
    private final PrefixWatch routes;
    private final OriginWatch origins;
    private ReachState state;

    /** As of the last time that something was heard of it, or a round. */
    private Sight sight = Sight.of(new TreeMap<>());

    /** What its origins were last judged by. */
    private Reach judged = Reach.LEARNING;

    private boolean dirty = true;

    Watched(Cidr prefix, boolean canary, PrefixWatch routes, OriginWatch origins, Instant now) {
      this.prefix = prefix;
      this.canary = canary;
      this.routes = routes;
      this.origins = origins;
      this.state = ReachState.begin(now);
    }
  }

  public RouteWatch(RouteTable table, VisibilitySettings settings) {
    this.table = table;
    this.settings = settings;
    this.rule = new ReachRule(settings);
  }

  /**
   * Watches a prefix from now on.
   *
   * @param origins who may announce it; with nobody it is learned
   * @return whether there was room for it
   */
  public boolean watch(Cidr prefix, Collection<Long> origins, Instant now) {
    return watch(prefix, origins, false, now);
  }

  /** Watches a prefix that has nothing to do with the others, only to know whether they moved. */
  public boolean canary(Cidr prefix, Instant now) {
    return watch(prefix, List.of(), true, now);
  }

  private boolean watch(Cidr prefix, Collection<Long> origins, boolean canary, Instant now) {
    PrefixTrie trie = prefix.ipv6() ? ipv6 : ipv4;
    if (trie.find(prefix) != PrefixTrie.NONE) {
      return true;
    }
    if (watched.size() >= MAX_WATCHED || trie.put(prefix, numbers) == PrefixTrie.NONE) {
      return false;
    }
    PrefixWatch routes = new PrefixWatch(prefix, table, settings, now);
    OriginWatch owners = new OriginWatch(prefix, table, settings, origins);
    watched.put(numbers, new Watched(prefix, canary, routes, owners, now));
    numbers++;
    return true;
  }

  /** Watches it no more. */
  public void unwatch(Cidr prefix) {
    PrefixTrie trie = prefix.ipv6() ? ipv6 : ipv4;
    int node = trie.find(prefix);
    if (node != PrefixTrie.NONE) {
      watched.remove(trie.valueOf(node));
      trie.remove(node);
    }
  }

  /** A source is alive, though it may have nothing to say: a pong, a keep-alive. */
  public void alive(String source, Instant at) {
    if (heard.containsKey(source) || heard.size() < MAX_SOURCES) {
      heard.merge(source, at, (one, other) -> one.isAfter(other) ? one : other);
    }
  }

  /** A source is not heard any more, from now on and not only when it has been silent for long. */
  public void lost(String source) {
    heard.remove(source);
  }

  /** What the RPKI allows has changed; empty when that is not known any more. */
  public void payloads(Optional<VrpTable> now) {
    payloads = now;
    watched.values().forEach(one -> one.dirty = true);
  }

  /** Takes in what a peer said; see {@link RouteTable#apply(RouteEvent, Instant)}. */
  public void apply(RouteEvent event, Instant received) {
    table.apply(event, received);
    alive(event.peer().source(), received);
    switch (event) {
      case RouteEvent.Announced announced -> noted(announced.prefix(), event, received);
      case RouteEvent.Listed listed -> noted(listed.prefix(), event, received);
      case RouteEvent.Withdrawn withdrawn -> noted(withdrawn.prefix(), event, received);
      case RouteEvent.PeerDown down -> {
        Deque<Instant> remembered =
            ends.computeIfAbsent(down.peer().source(), _ -> new ArrayDeque<>());
        remembered.addLast(received);
        if (remembered.size() > MAX_ENDS) {
          remembered.removeFirst();
        }
        watched.values().forEach(one -> one.dirty = true);
      }
      case RouteEvent.PeerUp _, RouteEvent.EndOfTable _ ->
          watched.values().forEach(one -> one.dirty = true);
    }
  }

  private void noted(Cidr prefix, RouteEvent event, Instant received) {
    PrefixTrie trie = prefix.ipv6() ? ipv6 : ipv4;
    trie.covering(
        prefix,
        node -> {
          Watched one = watched.get(trie.valueOf(node));
          if (one != null) {
            one.dirty = true;
            if (one.prefix.equals(prefix)) {
              one.routes.note(event.peer(), received);
            }
          }
        });
    // What is missed may be covered by this now, or no more.
    trie.within(
        prefix,
        node -> {
          Watched one = watched.get(trie.valueOf(node));
          if (one != null && missed(one.sight.tally())) {
            one.dirty = true;
          }
          return true;
        });
  }

  private boolean missed(Tally tally) {
    return tally.visible() <= settings.reach().recovering();
  }

  /** The time, to be told every second; what is to be said since the last time. */
  public List<RouteVerdict> tick(Instant now) {
    boolean round = !now.isBefore(nextRound);
    if (round) {
      table.expire(now);
      nextRound = now.plus(ROUND);
    }
    Set<String> before = speaking;
    speaking = speakingSources(now);
    boolean all = round || !speaking.equals(before);
    boolean blind = speaking.isEmpty();
    List<RouteVerdict> verdicts = new ArrayList<>();
    for (Watched one : watched.values()) {
      if (one.canary && (all || one.dirty)) {
        one.sight = Sight.of(votes(one, now));
        one.dirty = false;
      }
    }
    boolean moved = canariesMoved();
    for (Watched one : watched.values()) {
      boolean fresh = all || one.dirty;
      boolean due = fresh || one.state.pending() || one.origins.pending();
      if (!one.canary && (due || blind || moved)) {
        one.dirty = false;
        if (fresh) {
          Sight seen = Sight.of(votes(one, now));
          one.sight = missed(seen.tally()) ? seen.covered(one.routes.coveredBy()) : seen;
        }
        verdicts.addAll(look(one, one.sight.amid(blind, moved), fresh, now));
      }
    }
    return verdicts;
  }

  private Set<String> speakingSources(Instant now) {
    Instant oldest = now.minus(settings.source().silent());
    Set<String> found = new LinkedHashSet<>();
    heard.forEach(
        (source, last) -> {
          if (!last.isBefore(oldest)) {
            found.add(source);
          }
        });
    return found;
  }

  private List<RouteVerdict> look(Watched one, Sight sight, boolean fresh, Instant now) {
    ReachState before = one.state;
    one.state = rule.step(before, sight, now);
    List<RouteVerdict> verdicts = new ArrayList<>();
    boolean news =
        one.state.shown() != before.shown()
            || !one.state.coveredBy().equals(before.coveredBy())
            || !one.state.collectors().equals(before.collectors());
    if (news) {
      verdicts.add(reached(one));
    }
    boolean falling = one.state.shown() == Reach.VISIBLE && one.state.timers().low().isPresent();
    Reach reach = falling ? Reach.PARTIAL : one.state.shown();
    boolean judge = fresh || one.origins.pending() || reach != one.judged;
    if (!sight.blind() && judge) {
      one.judged = reach;
      verdicts.addAll(one.origins.look(payloads, reach, now));
    }
    return verdicts;
  }

  private SortedMap<Voter, Sight.Vote> votes(Watched one, Instant now) {
    boolean keep = one.state.standing() == Reach.WITHDRAWN;
    return one.routes.votes(
        new PrefixWatch.Surroundings() {
          @Override
          public boolean silent(String source) {
            return !speaking.contains(source);
          }

          @Override
          public boolean besideEnd(String source, Instant at) {
            Duration near = settings.source().besideDown();
            Deque<Instant> remembered = ends.getOrDefault(source, new ArrayDeque<>());
            long beside =
                remembered.stream()
                    .filter(end -> Duration.between(end, at).abs().compareTo(near) <= 0)
                    .count();
            return beside >= settings.source().besideSessions();
          }
        },
        keep,
        now);
  }

  private boolean canariesMoved() {
    long all = watched.values().stream().filter(one -> one.canary).count();
    long moved =
        watched.values().stream()
            .filter(one -> one.canary && one.sight.tally().visible() < settings.reach().visible())
            .count();
    return all > 0 && moved > settings.source().canaries() * all;
  }

  private static RouteVerdict.Reached reached(Watched one) {
    ReachState state = one.state;
    return new RouteVerdict.Reached(
        one.prefix,
        state.shown(),
        state.shownSince(),
        state.coveredBy(),
        one.sight.tally(),
        one.routes.origins(),
        state.losses().first(),
        state.losses().last(),
        state.collectors());
  }

  /** How a watched prefix stands, as of the last look. */
  public Optional<RouteVerdict.Reached> standing(Cidr prefix) {
    PrefixTrie trie = prefix.ipv6() ? ipv6 : ipv4;
    int node = trie.find(prefix);
    return node == PrefixTrie.NONE
        ? Optional.empty()
        : Optional.ofNullable(watched.get(trie.valueOf(node))).map(RouteWatch::reached);
  }
}
