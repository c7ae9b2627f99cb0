package parallax.probe.icmp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One echo request (RFC 792, RFC 4443 section 4).
 *
 * @param from an address of this machine; empty: the system chooses
 * @param size bytes after the header
 * @param hops that it may make; empty: as the system has it
 * @param dontFragment whether routers must not take it apart; of IPv6 they never do
 */
public record EchoRequest(
    InetAddress to,
    Optional<InetAddress> from,
    int size,
    Optional<Integer> hops,
    boolean dontFragment) {

  boolean six() {
    return to instanceof Inet6Address;
  }

  /** The same, making so many hops. */
  public EchoRequest within(int limit) {
    return new EchoRequest(to, from, size, Optional.of(limit), dontFragment);
  }
}
