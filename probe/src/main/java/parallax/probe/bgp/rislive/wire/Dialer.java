package parallax.probe.bgp.rislive.wire;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

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

  /** Over the network, as the scheme of the address says. */
  static Dialer real() {
    return (address, filters) ->
        address.getScheme().toLowerCase(Locale.ROOT).startsWith("ws")
            ? WebSocketConnection.open(address)
            : StreamConnection.open(address, filters);
  }
}
