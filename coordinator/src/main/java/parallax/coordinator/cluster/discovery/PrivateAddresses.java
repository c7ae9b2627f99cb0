package parallax.coordinator.cluster.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses members may talk on: nothing encrypts what they say or asks who they are, so
 * whoever reaches the port owns the cluster. The JDK's own predicates miss shared address space and
 * unique local addresses, so the ranges stand here.
 */
public final class PrivateAddresses {
  private static final int BITS = 8;

  private static final List<Range> ALLOWED =
      List.of(
          Range.of("127.0.0.0", 8), // RFC 1122 section 3.2.1.3
          Range.of("10.0.0.0", 8), // RFC 1918 section 3
          Range.of("172.16.0.0", 12),
          Range.of("192.168.0.0", 16),
          Range.of("100.64.0.0", 10), // RFC 6598 section 7
          Range.of("::1", 128), // RFC 4291 section 2.5.3
          Range.of("fc00::", 7)); // RFC 4193 section 3.1

  private PrivateAddresses() {}

  private record Range(InetAddress start, int length) {
    static Range of(String start, int length) {
      return new Range(InetAddress.ofLiteral(start), length);
    }

    boolean has(InetAddress address) {
      byte[] here = start.getAddress();
      byte[] there = address.getAddress();
      if (here.length != there.length) {
        return false;
      }
      for (int bit = 0; bit < length; bit++) {
        int mask = 0x80 >> bit % BITS;
        if (((here[bit / BITS] ^ there[bit / BITS]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Why members must not talk on an address; empty when they may. */
  public static Optional<String> objection(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return Optional.of(
          "members must not listen on all addresses (" + address.getHostAddress() + "): name one");
    }
    if (ALLOWED.stream().noneMatch(range -> range.has(address))) {
      return Optional.of(
          "members must not listen on "
              + address.getHostAddress()
              + ": it is not private, and who reaches this port owns the cluster");
    }
    return Optional.empty();
  }
}
