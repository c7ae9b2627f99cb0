package parallax.probe.bgp.message;

import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.route.PathAttributes;

/**
 * The attributes that a stored table has for one route.
 *
 * @param attributes empty when a fault says that the route is not to be believed
 */
public record TableEntry(Optional<PathAttributes> attributes, List<Fault> faults) {
  public TableEntry {
    faults = List.copyOf(faults);
  }
}
