package parallax.coordinator.core.verdict;

import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;

/**
 * What broke first.
 *
 * @param layer empty for trouble of our own that speaks about no layer of a target
 * @param finding the reason, with what was seen
 * @param culprit as specific as the evidence allows, {@code kind:name}: {@code target:shop}, {@code
 *     cdn:fastly}, {@code probe:tokyo-1}
 */
public record Cause(Optional<Layer> layer, Finding finding, String culprit) {
  /**
   * Whether it is the trouble of somebody.
   *
   * @param name of a provider, with all its regions ({@code aws} is meant by {@code cloud:aws} and
   *     {@code cloud:aws/us-east-1}), or a culprit as {@code kind:name}
   */
  public boolean isTroubleOf(String name) {
    String found = name.indexOf(':') < 0 ? culprit.substring(culprit.indexOf(':') + 1) : culprit;
    return found.equals(name) || found.startsWith(name + "/");
  }
}
