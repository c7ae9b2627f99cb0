package parallax.probe.bgp.rpki;

import java.time.Instant;
import java.util.Optional;
import parallax.probe.net.Cidr;

/**
 * A validated ROA payload (RFC 6811 section 2): this system may announce this block, in pieces down
 * to a length.
 *
 * @param maxLength from the length of the prefix to the bits of its family
 * @param asn unsigned 32 bits; 0 allows nobody (RFC 6483 section 4)
 * @param anchor the trust anchor as the validator names it, empty where it does not
 * @param expires when some signature above it ends, where the validator tells
 */
public record Vrp(Cidr prefix, int maxLength, long asn, String anchor, Optional<Instant> expires) {
  public static final long MAX_ASN = 0xFFFF_FFFFL;

  public Vrp {
    int bits = prefix.ipv6() ? 128 : 32;
    if (maxLength < prefix.prefixLength() || maxLength > bits) {
      throw new IllegalArgumentException("not a longest length: " + maxLength);
    }
    if (asn < 0 || asn > MAX_ASN) {
      throw new IllegalArgumentException("not an autonomous system: " + asn);
    }
  }

  /** As RTR tells it: no anchor, no end. */
  public static Vrp of(Cidr prefix, int maxLength, long asn) {
    return new Vrp(prefix, maxLength, asn, "", Optional.empty());
  }

  /** Whether it allows this system to announce {@code route}, which it covers. */
  boolean allows(Cidr route, long origin) {
    return asn == origin && asn != 0 && route.prefixLength() <= maxLength;
  }
}
