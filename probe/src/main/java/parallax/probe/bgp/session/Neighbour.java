package parallax.probe.bgp.session;

import java.net.InetAddress;
import parallax.probe.net.Cidr;

/**
 * A router that may open a session with us.
 *
 * @param address from which it connects
 * @param asn its autonomous system, unsigned 32 bits
 */
public record Neighbour(InetAddress address, long asn) {
  private static final long MAX_ASN = 0xffff_ffffL;

  public Neighbour {
    if (asn < 1 || asn > MAX_ASN) {
      throw new IllegalArgumentException("not an autonomous system: " + asn);
    }
  }

  /** Its address in the shortest form (RFC 5952). */
  String name() {
    int bits = address.getAddress().length * Byte.SIZE;
    String block = Cidr.around(address, bits).toString();
    return block.substring(0, block.indexOf('/'));
  }
}
