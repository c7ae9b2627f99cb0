package parallax.config.planned;

import java.util.List;

/**
 * Watches the routes to a target.
 *
 * @param origins autonomous systems that may announce them (RFC 6793); empty: learnt
 * @param prefixes networks in CIDR notation (RFC 4632); empty: learnt
 */
public record BgpSpec(List<Long> origins, List<String> prefixes) {
  public BgpSpec {
    origins = List.copyOf(origins);
    prefixes = List.copyOf(prefixes);
  }
}
