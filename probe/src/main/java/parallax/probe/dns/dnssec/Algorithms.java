package parallax.probe.dns.dnssec;

import java.util.List;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC.Algorithm;
import org.xbill.DNS.DNSSEC.Digest;
import org.xbill.DNS.DSRecord;

/** What can be checked here, of the algorithms that validators are to support (RFC 8624). */
final class Algorithms {
  /** A larger RSA modulus than RFC 3110 section 2 allows, 4096 bits, with its exponent. */
  static final int MAX_RSA_KEY_BYTES = 521;

  /** A longer public exponent serves nobody and costs as much as a private one. */
  static final int MAX_RSA_EXPONENT_BYTES = 8;

  private static final List<Integer> RSA =
      List.of(
          Algorithm.RSASHA1, Algorithm.RSA_NSEC3_SHA1, Algorithm.RSASHA256, Algorithm.RSASHA512);

  private static final List<Integer> CURVES =
      List.of(
          Algorithm.ECDSAP256SHA256, Algorithm.ECDSAP384SHA384, Algorithm.ED25519, Algorithm.ED448);

  private static final List<Integer> DIGESTS = List.of(Digest.SHA1, Digest.SHA256, Digest.SHA384);

  private Algorithms() {}

  static boolean isSupported(int algorithm) {
    return RSA.contains(algorithm) || CURVES.contains(algorithm);
  }

  static boolean isSupported(DSRecord signer) {
    return isSupported(signer.getAlgorithm()) && DIGESTS.contains(signer.getDigestID());
  }

  /** Whether checking a signature with {@code key} costs no more than it has to. */
  static boolean isAffordable(DNSKEYRecord key) {
    if (!RSA.contains(key.getAlgorithm())) {
      return true;
    }
    byte[] octets = key.getKey();
    int exponentBytes = octets.length == 0 ? 0 : octets[0] & 0xff;
    // No length in the first octet means one of 256 or more in the next two (RFC 3110 section 2).
    return octets.length <= MAX_RSA_KEY_BYTES
        && exponentBytes > 0
        && exponentBytes <= MAX_RSA_EXPONENT_BYTES;
  }
}
