package parallax.probe.bgp.visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.net.Cidr;

/** Who announces one prefix and what lies inside, by whom, and whether that is as always. */
final class OriginWatch {
  /** Parts of one prefix that are looked at, and stories of one prefix that are remembered. */
  static final int MAX_PARTS = 256;

  private static final int MAX_STORIES = 256;
  private static final long NOBODY = -1;

  private final Cidr prefix;
  private final RouteTable table;
  private final VisibilitySettings.OriginLimits limits;
  private final Duration overFor;
  private final UpstreamWatch upstreams;

  private final NavigableSet<Long> normal;
  private final NavigableSet<Long> neighbours = new TreeSet<>();
  private final NavigableMap<Key, Story> stories = new TreeMap<>();
  private final NavigableMap<Long, Optional<Validity>> validities = new TreeMap<>();
  private boolean learned;

  /**
   * What is strange.
   *
   * @param neighbour of the origin, {@link #NOBODY} where the origin itself is strange
   */
  private record Key(Cidr announced, long origin, long neighbour) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.<Key>comparingInt(key -> key.announced().prefixLength())
            .thenComparing(key -> key.announced().high(), Long::compareUnsigned)
            .thenComparing(key -> key.announced().low(), Long::compareUnsigned)
            .thenComparingLong(Key::origin)
            .thenComparingLong(Key::neighbour);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** How it went with it so far. */
  private static final class Story {
    private final Instant since;
    private int peak;
    private Optional<RouteVerdict.Weight> told = Optional.empty();
    private Optional<Instant> few = Optional.empty();

    Story(Instant since) {
      this.since = since;
    }
  }

  /**
   * Begins to watch.
   *
   * @param configured who may announce it, as somebody has said; may be nobody
   */
  OriginWatch(
      Cidr prefix, RouteTable table, VisibilitySettings settings, Collection<Long> configured) {
    this.prefix = prefix;
    this.table = table;
    this.limits = settings.origin();
    this.overFor = settings.reach().restoredFor();
    this.upstreams = new UpstreamWatch(prefix, settings);
    this.normal = new TreeSet<>(configured);
    if (normal.isEmpty() && table.routes(prefix).isEmpty()) {
      inherit();
    }
  }

  /** Nobody announces it: who announces what it lies in may. */
  private void inherit() {
    for (Cidr outer : table.covering(prefix).reversed()) {
      for (RouteTable.Route route : table.routes(outer)) {
        route.path().origin().ifPresent(normal::add);
      }
      if (!normal.isEmpty()) {
        return;
      }
    }
  }

  /** Whether time alone may change something. */
  boolean pending() {
    return !stories.isEmpty() || upstreams.pending();
  }

  /**
   * Looks, and tells what is new.
   *
   * @param payloads of the RPKI, where they are known
   * @param reach of the prefix; where it is not visible its ways change for that
   */
  List<RouteVerdict> look(Optional<VrpTable> payloads, Reach reach, Instant now) {
    List<RouteTable.Route> own = table.routes(prefix);
    if (!learned && reach != Reach.LEARNING) {
      learn(own);
    }
    boolean steady = learned && reach == Reach.VISIBLE;
    List<RouteVerdict> verdicts = new ArrayList<>();
    NavigableMap<Key, NavigableSet<Voter>> strange = new TreeMap<>();
    note(strange, prefix, own, steady);
    for (Cidr part : table.moreSpecific(prefix, MAX_PARTS)) {
      note(strange, part, table.routes(part), steady);
    }
    strange.forEach(
        (key, voters) -> {
          if (stories.containsKey(key) || stories.size() < MAX_STORIES) {
            Story story = stories.computeIfAbsent(key, _ -> new Story(now));
            goesOn(key, story, voters, payloads, now).ifPresent(verdicts::add);
          }
        });
    verdicts.addAll(overOnes(strange, payloads, now));
    verdicts.addAll(turned(own, payloads, now));
    upstreams.look(own, reach, now).ifPresent(verdicts::add);
    return verdicts;
  }

  /** What many announce in the beginning is normal; where there is but one, that one. */
  private void learn(List<RouteTable.Route> own) {
    NavigableMap<Long, NavigableSet<Voter>> origins = new TreeMap<>();
    for (RouteTable.Route route : own) {
      Voter voter = Voter.of(route.peer());
      route
          .path()
          .origin()
          .ifPresent(origin -> origins.computeIfAbsent(origin, _ -> new TreeSet<>()).add(voter));
    }
    if (normal.isEmpty()) {
      origins.forEach(
          (origin, voters) -> {
            if (enough(voters) || origins.size() == 1) {
              normal.add(origin);
            }
          });
    }
    learned = !normal.isEmpty();
    for (RouteTable.Route route : own) {
      if (route.path().origin().filter(normal::contains).isPresent()) {
        route.path().neighbourOfOrigin().ifPresent(neighbours::add);
      }
    }
  }

  private void note(
      NavigableMap<Key, NavigableSet<Voter>> strange,
      Cidr announced,
      List<RouteTable.Route> routes,
      boolean steady) {
    for (RouteTable.Route route : routes) {
      Optional<Long> origin = route.path().origin();
      if (normal.isEmpty() || origin.isEmpty()) {
        continue;
      }
      Optional<Long> neighbour = route.path().neighbourOfOrigin();
      Key key = new Key(announced, origin.get(), NOBODY);
      if (normal.contains(origin.get())) {
        boolean known = neighbour.map(this::usual).orElse(true);
        key = new Key(announced, origin.get(), neighbour.orElse(NOBODY));
        if (known || !(steady || stories.containsKey(key)) || neighbours.isEmpty()) {
          continue;
        }
      }
      strange.computeIfAbsent(key, _ -> new TreeSet<>()).add(Voter.of(route.peer()));
    }
  }

  /** A peer that is a neighbour itself has no path to tell it by. */
  private boolean usual(long neighbour) {
    return neighbours.contains(neighbour) || normal.contains(neighbour);
  }

  private Optional<RouteVerdict> goesOn(
      Key key, Story story, NavigableSet<Voter> voters, Optional<VrpTable> payloads, Instant now) {
    story.peak = Math.max(story.peak, voters.size());
    boolean few = voters.size() <= limits.over() * story.peak;
    story.few = few ? story.few.or(() -> Optional.of(now)) : Optional.empty();
    if (!now.isBefore(story.since.plus(limits.learnAfter())) && !few) {
      stories.remove(key);
      if (key.neighbour() == NOBODY) {
        normal.add(key.origin());
      } else {
        neighbours.add(key.neighbour());
      }
      return story.told.map(_ -> verdict(key, story, RouteVerdict.Weight.OVER, payloads, now));
    }
    boolean counter = key.neighbour() != NOBODY && hijacked();
    boolean early =
        key.neighbour() != NOBODY && now.isBefore(story.since.plus(limits.neighbourFor()));
    boolean sure = enough(voters);
    if (counter || early || (key.neighbour() != NOBODY && !sure)) {
      return Optional.empty();
    }
    RouteVerdict.Weight weight = sure ? RouteVerdict.Weight.ALARM : RouteVerdict.Weight.NOTICE;
    boolean more = story.told.isEmpty() || (sure && !story.told.equals(Optional.of(weight)));
    if (!more) {
      return Optional.empty();
    }
    story.told = Optional.of(weight);
    return Optional.of(verdict(key, story, weight, payloads, story.since));
  }

  /** While somebody else announces it, its owner may do so by all ways that there are. */
  private boolean hijacked() {
    return stories.entrySet().stream()
        .anyMatch(one -> one.getKey().neighbour() == NOBODY && one.getValue().told.isPresent());
  }

  private List<RouteVerdict> overOnes(
      NavigableMap<Key, NavigableSet<Voter>> strange, Optional<VrpTable> payloads, Instant now) {
    List<RouteVerdict> over = new ArrayList<>();
    Iterator<Map.Entry<Key, Story>> each = stories.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Key, Story> one = each.next();
      Story story = one.getValue();
      if (!strange.containsKey(one.getKey())) {
        story.few = story.few.or(() -> Optional.of(now));
      }
      boolean ended = story.few.map(at -> !now.isBefore(at.plus(overFor))).orElse(false);
      if (ended) {
        each.remove();
        if (story.told.isPresent()) {
          Instant since = story.few.orElse(now);
          over.add(verdict(one.getKey(), story, RouteVerdict.Weight.OVER, payloads, since));
        }
      }
    }
    return over;
  }

  private RouteVerdict verdict(
      Key key,
      Story story,
      RouteVerdict.Weight weight,
      Optional<VrpTable> payloads,
      Instant since) {
    Optional<Validity> validity =
        payloads.map(table -> table.validity(key.announced(), Optional.of(key.origin())));
    return key.neighbour() == NOBODY
        ? new RouteVerdict.ForeignOrigin(
            prefix, key.announced(), key.origin(), normal, validity, story.peak, weight, since)
        : new RouteVerdict.NewNeighbour(
            prefix,
            key.announced(),
            key.origin(),
            key.neighbour(),
            validity,
            story.peak,
            weight,
            since);
  }

  private List<RouteVerdict> turned(
      List<RouteTable.Route> own, Optional<VrpTable> payloads, Instant now) {
    NavigableSet<Long> origins = new TreeSet<>();
    own.forEach(route -> route.path().origin().filter(normal::contains).ifPresent(origins::add));
    List<RouteVerdict> verdicts = new ArrayList<>();
    for (long origin : origins) {
      Optional<Validity> validity =
          payloads.map(table -> table.validity(prefix, Optional.of(origin)));
      Optional<Validity> before = validities.getOrDefault(origin, Optional.empty());
      boolean worse = before.isPresent() || validity.equals(Optional.of(Validity.INVALID));
      if (!validity.equals(before) && worse) {
        verdicts.add(new RouteVerdict.ValidityTurned(prefix, origin, before, validity, now));
      }
      validities.put(origin, validity);
    }
    return verdicts;
  }

  private boolean enough(NavigableSet<Voter> voters) {
    long collectors = voters.stream().map(Voter::collector).distinct().count();
    return voters.size() >= limits.voters() && collectors >= limits.collectors();
  }
}
