package parallax.coordinator.core.unit;

import java.util.List;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Scope;

/**
 * For whom a unit fails.
 *
 * @param regions those that are hit, sorted, when the scope is REGIONAL
 * @param probability how sure, from 0 to 1
 */
public record Label(Scope scope, List<Region> regions, double probability) {
  public Label {
    regions = regions.stream().sorted().toList();
  }

  static Label of(Scope scope, double probability) {
    return new Label(scope, List.of(), probability);
  }

  boolean saysTheSameAs(Label other) {
    return scope == other.scope && regions.equals(other.regions);
  }
}
