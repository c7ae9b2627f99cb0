package parallax.coordinator.replay.record;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.coordinator.core.verdict.Scope;

/**
 * What a published incident says, from a moment on until it says something else.
 *
 * @param regions named, when the scope is REGIONAL
 * @param layer that broke first; empty for our own side
 */
public record Label(
    long atMs, Scope scope, List<String> regions, Optional<Layer> layer, String culprit) {
  public Label {
    regions = List.copyOf(regions);
  }

  boolean saysTheSame(Label other) {
    return scope == other.scope
        && regions.equals(other.regions)
        && layer.equals(other.layer)
        && culprit.equals(other.culprit);
  }
}
