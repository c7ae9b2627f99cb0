package parallax.coordinator.core.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * What route collectors see of one prefix.
 *
 * @param prefix in CIDR notation
 * @param sight empty when nothing can be said: nobody listens to collectors any more
 */
public record RouteView(String prefix, Optional<Sight> sight) {
  /** What is seen, by collectors that do not tell since when. */
  public RouteView(String prefix, double visibility, Optional<Long> origin) {
    this(prefix, Optional.of(new Sight(visibility, origin, Optional.empty())));
  }

  /**
   * How it is seen.
   *
   * @param visibility the share of full-table peers that have the route, from 0 to 1
   * @param origin the announcing autonomous system; empty when nobody announces it
   * @param firstLoss when the first peer lost it, where it is missed
   */
  public record Sight(double visibility, Optional<Long> origin, Optional<Instant> firstLoss) {
    public Sight {
      if (!(visibility >= 0 && visibility <= 1)) {
        throw new IllegalArgumentException("visibility out of range: " + visibility);
      }
    }
  }
}
