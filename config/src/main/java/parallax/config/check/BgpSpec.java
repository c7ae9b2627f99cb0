package parallax.config.check;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Looks at the routes to a host, and to the name servers of its zone, as they were heard: nobody is
 * asked.
 *
 * @param host name or address literal of the service
 * @param naming how the name is resolved
 * @param timeout of one look; most of it is finding addresses
 */
public record BgpSpec(String host, RoutePolicy policy, Naming naming, Duration timeout)
    implements CheckSpec {
  /** From one look to the next, at least: routes converge in minutes. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  @Override
  public CheckKind kind() {
    return CheckKind.BGP;
  }

  @Override
  public Duration interval(Duration ofTarget) {
    return ofTarget.compareTo(INTERVAL) < 0 ? INTERVAL : ofTarget;
  }

  /**
   * What is demanded of the routes to a target.
   *
   * @param origins autonomous systems that may announce them (RFC 6793); empty: learnt
   * @param prefixes networks in CIDR notation (RFC 4632) that are watched beside those found;
   *     empty: learnt
   */
  public record RoutePolicy(SortedSet<Long> origins, List<String> prefixes) {
    public static final RoutePolicy LEARNT = new RoutePolicy(new TreeSet<>(), List.of());

    public RoutePolicy {
      origins = Collections.unmodifiableSortedSet(new TreeSet<>(origins));
      prefixes = List.copyOf(prefixes);
    }
  }
}
