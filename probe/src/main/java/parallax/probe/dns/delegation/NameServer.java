package parallax.probe.dns.delegation;

import java.net.InetAddress;
import org.xbill.DNS.Name;
import parallax.probe.net.AddressText;

/** One address of a name server: the smallest thing that can be asked. */
public record NameServer(Name host, InetAddress address) {
  @Override
  public String toString() {
    return host + " (" + AddressText.of(address) + ")";
  }
}
