package parallax.probe.bgp.bmp.station;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import parallax.probe.net.Cidr;

/**
 * Where routers report, and which.
 *
 * @param at where to listen, resolved
 * @param allowed networks of routers that may connect; nobody else may
 * @param maxRouters connected at a time
 * @param maxPeers of one router
 * @param idle a router that reports nothing for longer is cut off, to connect again: routers in use
 *     have statistics or updates to tell now and then
 */
public record StationSettings(
    InetSocketAddress at, List<Cidr> allowed, int maxRouters, int maxPeers, Duration idle) {
  /** The one that is registered for nobody, and that most examples of routers' makers have. */
  public static final int USUAL_PORT = 11_019;

  public static final int MAX_ROUTERS = 64;
  public static final int MAX_PEERS = 4_096;
  public static final Duration IDLE = Duration.ofHours(1);

  public StationSettings {
    allowed = List.copyOf(allowed);
    if (maxRouters < 1 || maxPeers < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("a bound below 1");
    }
  }

  public StationSettings(InetSocketAddress at, List<Cidr> allowed) {
    this(at, allowed, MAX_ROUTERS, MAX_PEERS, IDLE);
  }
}
