package parallax.probe.bgp.route;

import java.util.List;
import java.util.Optional;
import parallax.probe.net.IpAddress;

/**
 * How a route leads to where it leads (RFC 4271 section 5). Shared by all prefixes of one update.
 *
 * @param origin IGP, EGP or INCOMPLETE
 * @param nextHop the global one where there are two (RFC 2545 section 3)
 * @param communities plain (RFC 1997) as {@code 65535:666}, then extended (RFC 4360, RFC 5701) and
 *     large (RFC 8092) ones as tools print them
 * @param onlyToCustomer the OTC attribute (RFC 9234 section 5)
 * @param preference what the route was chosen by
 */
public record PathAttributes(
    Origin origin,
    AsPath path,
    Optional<IpAddress> nextHop,
    List<String> communities,
    Optional<Long> onlyToCustomer,
    Preference preference) {
  public PathAttributes {
    // Communities are immutable, and cheap as long as nobody wants them as text.
    communities = communities instanceof Communities ? communities : List.copyOf(communities);
  }

  public PathAttributes(
      Origin origin,
      AsPath path,
      Optional<IpAddress> nextHop,
      List<String> communities,
      Optional<Long> onlyToCustomer) {
    this(origin, path, nextHop, communities, onlyToCustomer, Preference.NONE);
  }

  /** Where the route was first heard (RFC 4271 section 5.1.1). */
  public enum Origin {
    IGP,
    EGP,
    INCOMPLETE
  }

  /**
   * What matters to the router that chooses, and little to others (RFC 4271 section 5.1.4 to
   * 5.1.7).
   *
   * @param local LOCAL_PREF, unsigned 32 bits
   * @param discriminator MULTI_EXIT_DISC, unsigned 32 bits
   * @param atomicAggregate whether more specific paths were left out
   */
  public record Preference(
      Optional<Long> local,
      Optional<Long> discriminator,
      boolean atomicAggregate,
      Optional<Aggregator> aggregator) {
    public static final Preference NONE =
        new Preference(Optional.empty(), Optional.empty(), false, Optional.empty());
  }

  /** Who put more specific routes together: its number, unsigned 32 bits, and address. */
  public record Aggregator(long asn, IpAddress address) {}
}
