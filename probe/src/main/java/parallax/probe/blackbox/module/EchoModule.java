package parallax.probe.blackbox.module;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An ICMP echo request (RFC 792, RFC 4443).
 *
 * @param from leaves from there
 * @param payload bytes; 0: a few of our own
 * @param hops TTL or hop limit; 0: as the system has it
 */
public record EchoModule(
    IpChoice ip, Optional<InetAddress> from, int payload, boolean dontFragment, int hops)
    implements ProbeModule.Kind {
  @Override
  public String prober() {
    return "icmp";
  }
}
