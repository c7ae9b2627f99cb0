package parallax.coordinator.core.evidence;

import java.time.Instant;
import parallax.config.observation.Observation;

/**
 * An observation as it counts: with the time of its arrival, by which freshness is judged.
 *
 * @param received by the coordinator's clock
 */
public record Evidence(Observation observation, Instant received) {
  /** The same without what is told of it now and then only; see {@link Observation#brief}. */
  public Evidence brief() {
    return observation.facts().isBrief() ? this : new Evidence(observation.brief(), received);
  }
}
