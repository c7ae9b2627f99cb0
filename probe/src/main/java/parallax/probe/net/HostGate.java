package parallax.probe.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Lets hosts through whose every address may be connected to: for connections that are made by name
 * by somebody else. The addresses that are judged are those that are connected to: the platform
 * keeps an answer for some seconds.
 *
 * @param policy where this machine may connect
 */
public record HostGate(NetworkPolicy policy) {
  /**
   * Judges a host.
   *
   * @return an address of it
   * @throws IOException when it may not be connected to, or has no address; the message says why
   */
  public InetAddress pass(String host, NetworkPolicy.Hop hop) throws IOException {
    if (host.isEmpty()) {
      throw new IOException("not connected: no host");
    }
    refuse(policy.refusalOfHost(host, hop));
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      refuse(policy.refusal(address, hop));
    }
    return addresses[0];
  }

  private static void refuse(Optional<String> why) throws IOException {
    if (why.isPresent()) {
      throw new IOException("not connected: " + why.get());
    }
  }

  /** The same, of a host that the configuration names. */
  public InetAddress pass(String host) throws IOException {
    return pass(host, NetworkPolicy.Hop.CONFIGURED);
  }
}
