package parallax.coordinator.core.watch;

/**
 * A route that a target stands on.
 *
 * @param prefix in CIDR notation (RFC 4632, RFC 4291 section 2.3)
 * @param origin the autonomous system that is to announce it (RFC 6793)
 */
public record RouteDependency(String prefix, long origin, Role role) {
  /** What is reached by the route. */
  public enum Role {
    /** The domain's name servers. */
    NAME_SERVERS,
    /** The service itself. */
    SERVERS
  }
}
