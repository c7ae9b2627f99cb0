package parallax.coordinator.core.watch;

import java.util.List;

/**
 * A route that a target stands on.
 *
 * @param prefix in CIDR notation (RFC 4632, RFC 4291 section 2.3)
 * @param origins the autonomous systems that are to announce it (RFC 6793); empty while unknown
 * @param addresses what is reached by it, for people
 */
public record RouteDependency(
    String prefix, List<Long> origins, Role role, List<String> addresses) {
  public RouteDependency {
    origins = List.copyOf(origins);
    addresses = List.copyOf(addresses);
  }

  /** A route with one origin. */
  public RouteDependency(String prefix, long origin, Role role) {
    this(prefix, List.of(origin), role, List.of());
  }

  /** What is reached by the route. */
  public enum Role {
    /** The domain's name servers. */
    NAME_SERVERS,
    /** The service itself. */
    SERVERS
  }
}
