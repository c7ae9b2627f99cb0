package parallax.coordinator.core.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/**
 * Verdicts that share a cause, or trouble on our own side, from opening to resolution.
 *
 * @param targets those that are or were hit, sorted; empty for trouble on our own side
 * @param scope PROBE_LOCAL for trouble on our own side
 * @param regions those that are hit, when the scope is REGIONAL
 * @param cause the first domino; a later, deeper one replaces it
 * @param onset when the trouble began, as far as was seen
 * @param opened when the verdict fell
 * @param published when people were first told, or would have been if anybody wanted to hear it;
 *     empty while it is only followed
 * @param reopened how often it seemed to be over and was not
 * @param votes what it rests on, newest first, at least one for each region that is claimed
 * @param well targets that share the culprit and are fine: what speaks against it
 */
public record Incident(
    IncidentId id,
    Subject subject,
    List<TargetName> targets,
    Scope scope,
    List<Region> regions,
    Cause cause,
    Instant onset,
    Instant opened,
    Optional<Instant> published,
    Optional<Instant> resolved,
    int reopened,
    List<Vote> votes,
    List<TargetName> well,
    Why why) {

  /** More targets that stayed well than this are not named. */
  public static final int MAX_WELL = 32;

  /** Whom the trouble hits. */
  public enum Subject {
    /** Users of the targets. */
    SERVICE,
    /** Our own measuring side. */
    VANTAGE
  }

  public Incident {
    targets = targets.stream().sorted().distinct().toList();
    regions = List.copyOf(regions);
    votes = List.copyOf(votes);
    well = well.stream().limit(MAX_WELL).toList();
    if (targets.isEmpty() == (subject == Subject.SERVICE)) {
      throw new IllegalArgumentException("targets and subject do not fit: " + id);
    }
  }

  public boolean isOpen() {
    return resolved.isEmpty();
  }
}
