package parallax.probe.bgp.rislive.wire;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.probe.net.HostGate;

/** Makes connections. */
@FunctionalInterface
public interface Dialer {
  /**
   * Connects, within ten seconds.
   *
   * @param filters what to let through, for a connection that takes no requests: one is enough to
   *     let a frame through
   */
  Connection dial(URI address, List<String> filters) throws IOException, InterruptedException;

  /**
   * Over the network, as the scheme of the address says.
   *
   * @param gate judges the host, each time
   */
  static Dialer real(HostGate gate) {
    return (address, filters) -> {
      // No redirect is followed, so that this is the only hop.
      gate.pass(Optional.ofNullable(address.getHost()).orElse(""));
      return address.getScheme().toLowerCase(Locale.ROOT).startsWith("ws")
          ? WebSocketConnection.open(address)
          : StreamConnection.open(address, filters);
    };
  }
}
