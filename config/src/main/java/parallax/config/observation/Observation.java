package parallax.config.observation;

import java.time.Duration;
import java.time.Instant;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;

/**
 * One check by one probe at one instant. Immutable; everything that decides starts from these.
 *
 * @param layer the layer the outcome speaks about: of a failure the layer that failed, of a success
 *     the deepest layer that was looked at
 * @param scheduled the instant the schedule asked for; with probe, target and check the semantic
 *     key
 * @param started by the probe's clock, which is shown and never trusted
 * @param duration from start to outcome, by a monotonic clock
 */
public record Observation(
    ObservationId id,
    Vantage vantage,
    TargetName target,
    CheckKind check,
    Layer layer,
    Instant scheduled,
    Instant started,
    Duration duration,
    Outcome outcome,
    Timings timings,
    Facts facts) {

  public Observation {
    outcome
        .why()
        .flatMap(finding -> finding.reason().layer())
        .filter(spokenOf -> spokenOf != layer)
        .ifPresent(
            spokenOf -> {
              throw new IllegalArgumentException(
                  "reason of layer " + spokenOf + " in an observation of layer " + layer);
            });
  }

  /** The same without what is told again only when it changes; see {@link Facts#brief}. */
  public Observation brief() {
    return facts.isBrief()
        ? this
        : new Observation(
            id,
            vantage,
            target,
            check,
            layer,
            scheduled,
            started,
            duration,
            outcome,
            timings,
            facts.brief());
  }

  /** When the check ended, by the probe's clock. */
  public Instant ended() {
    return started.plus(duration);
  }
}
