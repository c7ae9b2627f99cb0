package parallax.coordinator.core.evidence;

import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;

/**
 * What is kept of a failing look for the words of a verdict: much less than the observation, for
 * there are as many as probes times targets that are down.
 *
 * @param encrypted whether TLS had been agreed upon
 */
public record Failure(
    ObservationId id, ProbeName probe, Layer layer, Outcome outcome, boolean encrypted) {
  public static Failure of(Evidence evidence) {
    Observation seen = evidence.observation();
    return new Failure(
        seen.id(),
        seen.vantage().probe(),
        seen.layer(),
        seen.outcome(),
        seen.facts().tlsVersion().isPresent());
  }
}
