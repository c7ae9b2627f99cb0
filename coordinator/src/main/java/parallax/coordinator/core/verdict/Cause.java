package parallax.coordinator.core.verdict;

import parallax.config.observation.Finding;
import parallax.config.observation.Layer;

/**
 * What broke first.
 *
 * @param finding the reason, with what was seen
 * @param culprit as specific as the evidence allows, {@code kind:name}: {@code target:shop}, {@code
 *     cdn:fastly}
 */
public record Cause(Layer layer, Finding finding, String culprit) {}
