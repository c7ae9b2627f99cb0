package parallax.probe.dns.delegation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import parallax.probe.net.AddressText;

/**
 * What a parent zone says about a zone below it (RFC 1034 section 4.2.1).
 *
 * @param zone that is delegated
 * @param servers the NS set, at most {@link #MAX_SERVERS}
 * @param glue addresses that came along, by server; only of servers in {@code servers} whose names
 *     lie below the zone that was asked, at most {@link #MAX_ADDRESSES} each. An IPv4 address and
 *     an IPv6 address of one server are two entries
 * @param ds the DS set in presentation form (RFC 4034 section 5.3), at most {@link #MAX_DS}; empty
 *     for an unsigned zone
 */
public record Delegation(
    Name zone,
    SortedSet<Name> servers,
    SortedMap<Name, List<InetAddress>> glue,
    SortedSet<String> ds) {
  /** More servers than this are not asked: a referral to thousands is an attack. */
  public static final int MAX_SERVERS = 32;

  /** More addresses of one server than this are not asked. */
  public static final int MAX_ADDRESSES = 8;

  /** More DS records than this are not kept. */
  public static final int MAX_DS = 32;

  private static final Comparator<InetAddress> BY_FAMILY_AND_TEXT =
      Comparator.<InetAddress>comparingInt(address -> address.getAddress().length)
          .thenComparing(AddressText::of);

  public Delegation {
    servers = Collections.unmodifiableSortedSet(first(servers, MAX_SERVERS));
    ds = Collections.unmodifiableSortedSet(first(ds, MAX_DS));
    SortedMap<Name, List<InetAddress>> kept = new TreeMap<>();
    for (Name server : servers) {
      List<InetAddress> addresses = glue.getOrDefault(server, List.of());
      if (!addresses.isEmpty()) {
        kept.put(server, sorted(addresses));
      }
    }
    glue = Collections.unmodifiableSortedMap(kept);
  }

  /** The addresses in order, each once, at most {@link #MAX_ADDRESSES}. */
  public static List<InetAddress> sorted(List<InetAddress> addresses) {
    if (addresses.size() < 2) {
      return List.copyOf(addresses);
    }
    return addresses.stream().distinct().sorted(BY_FAMILY_AND_TEXT).limit(MAX_ADDRESSES).toList();
  }

  /** Whether a resolver cannot find {@code server} unless the parent tells its address. */
  public boolean needsGlue(Name server) {
    return server.subdomain(zone);
  }

  /** Both together, of the same zone. */
  public Delegation and(Delegation other) {
    if (equals(other)) {
      return this;
    }
    SortedSet<Name> allServers = new TreeSet<>(servers);
    allServers.addAll(other.servers());
    SortedSet<String> allDs = new TreeSet<>(ds);
    allDs.addAll(other.ds());
    SortedMap<Name, List<InetAddress>> allGlue = new TreeMap<>(glue);
    other
        .glue()
        .forEach(
            (server, addresses) ->
                allGlue.merge(
                    server,
                    addresses,
                    (one, two) -> {
                      List<InetAddress> both = new ArrayList<>(one);
                      both.addAll(two);
                      return both;
                    }));
    return new Delegation(zone, allServers, allGlue, allDs);
  }

  private static <T extends Comparable<? super T>> SortedSet<T> first(Collection<T> all, int most) {
    if (all.size() <= most) {
      return new TreeSet<>(all);
    }
    return all.stream().sorted().limit(most).collect(Collectors.toCollection(TreeSet::new));
  }
}
