package parallax.coordinator.core;

import java.util.List;

/**
 * What became of an input.
 *
 * @param effects to be carried out in this order
 */
public record Step(State state, List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }
}
