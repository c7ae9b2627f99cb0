package parallax.coordinator.core;

import java.util.List;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.state.State;

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
