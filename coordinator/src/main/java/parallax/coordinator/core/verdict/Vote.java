package parallax.coordinator.core.verdict;

import java.time.Instant;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Vantage;

/**
 * What one look says, and how much that counted.
 *
 * @param at when the look ended, by the coordinator's clock
 * @param finding why, unless all was fine
 * @param weight how much this speaks for an outage (or, negative, against it), as the natural
 *     logarithm of the ratio of likelihoods; 0 when it does not count
 */
public record Vote(
    ObservationId id,
    Vantage vantage,
    CheckKind check,
    Layer layer,
    Instant at,
    Ballot ballot,
    Optional<Finding> finding,
    double weight) {

  /** What a look can say. */
  public enum Ballot {
    /** The target is as it should be. */
    FINE,
    /** It works, but something is not as it should be. */
    NOTABLE,
    /** It does not work. */
    FAILED,
    /** The probe could not tell. */
    COULD_NOT_TELL,
    /** The probe is itself in trouble; what it says does not count. */
    ABSTAINS
  }
}
