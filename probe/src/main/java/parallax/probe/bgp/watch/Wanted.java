package parallax.probe.bgp.watch;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.net.Cidr;

/**
 * What is to be watched.
 *
 * @param prefixes each with the autonomous systems that may announce it; with none, that is learnt
 * @param addresses whose routes are looked for: prefixes of one address
 */
public record Wanted(SortedMap<Cidr, SortedSet<Long>> prefixes, SortedSet<Cidr> addresses) {
  /** More prefixes than this are not watched: streams of collectors ask for as much restraint. */
  public static final int MAX_PREFIXES = 10_000;

  /** More addresses than this do not keep routes of stored tables. */
  public static final int MAX_ADDRESSES = 100_000;

  public static final Wanted NOTHING = of(List.of());

  public Wanted {
    SortedMap<Cidr, SortedSet<Long>> kept = new TreeMap<>(Prefixes.ORDER);
    prefixes.forEach(
        (prefix, origins) -> {
          if (kept.size() < MAX_PREFIXES) {
            kept.put(prefix, Collections.unmodifiableSortedSet(new TreeSet<>(origins)));
          }
        });
    prefixes = Collections.unmodifiableSortedMap(kept);
    NavigableSet<Cidr> some = new TreeSet<>(Prefixes.ORDER);
    addresses.stream().limit(MAX_ADDRESSES).forEach(some::add);
    addresses = Collections.unmodifiableSortedSet(some);
  }

  /** These, by whomever they are announced. */
  public static Wanted of(Collection<Cidr> prefixes) {
    SortedMap<Cidr, SortedSet<Long>> all = new TreeMap<>(Prefixes.ORDER);
    prefixes.forEach(prefix -> all.put(prefix, new TreeSet<>()));
    return new Wanted(all, Prefixes.sorted(List.of()));
  }

  /** Whether a route to {@code announced} tells anything of what is wanted. */
  public boolean concerns(Cidr announced) {
    return isInside(prefixes.keySet(), announced)
        || isInside(addresses, announced)
        || holdsNext(announced, prefixes.tailMap(announced).keySet())
        || holdsNext(announced, addresses.tailSet(announced));
  }

  /** What sources are asked for: the prefixes, and addresses whose prefix is not known. */
  public SortedSet<Cidr> asked() {
    NavigableSet<Cidr> asked = new TreeSet<>(Prefixes.ORDER);
    asked.addAll(prefixes.keySet());
    for (Cidr address : addresses) {
      if (asked.size() < MAX_PREFIXES && !isInside(prefixes.keySet(), address)) {
        asked.add(address);
      }
    }
    return asked;
  }

  /** Whether there is anything that was not wanted before. */
  public boolean hasMoreThan(Wanted before) {
    return !before.prefixes.keySet().containsAll(prefixes.keySet())
        || !before.addresses.containsAll(addresses);
  }

  private static boolean isInside(Set<Cidr> outer, Cidr inner) {
    for (int length = inner.prefixLength(); length >= 0; length--) {
      if (outer.contains(Cidr.masked(inner.ipv6(), inner.high(), inner.low(), length))) {
        return true;
      }
    }
    return false;
  }

  /** What lies inside comes right after, in this order. */
  private static boolean holdsNext(Cidr outer, Set<Cidr> after) {
    return after.stream().findFirst().filter(next -> Prefixes.holds(outer, next)).isPresent();
  }
}
