package parallax.coordinator.core.watch;

import java.util.Optional;

/**
 * What route collectors see of one prefix.
 *
 * @param prefix in CIDR notation
 * @param visibility the share of full-table peers that have the route, from 0 to 1
 * @param origin the announcing autonomous system; empty when nobody announces it
 */
public record RouteView(String prefix, double visibility, Optional<Long> origin) {
  public RouteView {
    if (!(visibility >= 0 && visibility <= 1)) {
      throw new IllegalArgumentException("visibility out of range: " + visibility);
    }
  }
}
