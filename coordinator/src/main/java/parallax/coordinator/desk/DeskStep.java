package parallax.coordinator.desk;

import java.util.List;
import parallax.coordinator.core.effect.Effect;

/**
 * What became of an input.
 *
 * @param effects what the core decided, with {@link Effect.Tell} to receivers in the place of the
 *     core's own
 */
public record DeskStep(Desk desk, List<Effect> effects) {
  public DeskStep {
    effects = List.copyOf(effects);
  }
}
