package parallax.config.check;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is demanded of the routes to a target.
 *
 * @param origins autonomous systems that may announce them (RFC 6793); empty: learnt
 * @param prefixes networks in CIDR notation (RFC 4632) that are watched beside those found; empty:
 *     learnt
 */
public record RoutePolicy(SortedSet<Long> origins, List<String> prefixes) {
  public static final RoutePolicy LEARNT = new RoutePolicy(new TreeSet<>(), List.of());

  public RoutePolicy {
    origins = Collections.unmodifiableSortedSet(new TreeSet<>(origins));
    prefixes = List.copyOf(prefixes);
  }
}
