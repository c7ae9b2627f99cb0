package parallax.probe.bgp.route;

import java.util.List;
import java.util.Optional;

/**
 * How a route leads to where it leads (RFC 4271 section 5). Shared by all prefixes of one update.
 *
 * @param origin IGP, EGP or INCOMPLETE
 * @param nextHop as text (RFC 5952), the global one where there are two (RFC 2545 section 3)
 * @param communities plain (RFC 1997) as {@code 65535:666}, extended (RFC 4360) and large (RFC
 *     8092) ones as tools print them, in the order of the message
 * @param onlyToCustomer the OTC attribute (RFC 9234 section 5)
 */
public record PathAttributes(
    Origin origin,
    AsPath path,
    Optional<String> nextHop,
    List<String> communities,
    Optional<Long> onlyToCustomer) {
  public PathAttributes {
    communities = List.copyOf(communities);
  }

  /** Where the route was first heard (RFC 4271 section 5.1.1). */
  public enum Origin {
    IGP,
    EGP,
    INCOMPLETE
  }
}
