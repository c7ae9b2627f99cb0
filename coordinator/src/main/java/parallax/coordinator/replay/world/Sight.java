package parallax.coordinator.replay.world;

import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;

/**
 * What a check found.
 *
 * @param layer that decided
 */
public record Sight(Layer layer, Outcome outcome, long durationMs) {}
