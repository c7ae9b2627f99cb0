package parallax.probe.bgp.mapping;

import java.util.List;
import parallax.config.observation.Facts.RouteRole;
import parallax.probe.net.Cidr;

/**
 * What a target stands on.
 *
 * @param routes that can be watched: those of its servers first, no prefix twice in one role
 * @param unroutable addresses that have no route on the internet: loopback and private ones
 * @param unplaced addresses whose prefix is not known yet
 */
public record TargetRoutes(List<TargetRoute> routes, int unroutable, int unplaced) {
  public TargetRoutes {
    routes = List.copyOf(routes);
  }

  /**
   * One prefix.
   *
   * @param origins who announces it, as far as is known beforehand
   * @param addresses that it leads to, with their names for name servers
   */
  public record TargetRoute(
      Cidr prefix, List<Long> origins, RouteRole role, List<String> addresses) {
    public TargetRoute {
      origins = List.copyOf(origins);
      addresses = List.copyOf(addresses);
    }
  }
}
