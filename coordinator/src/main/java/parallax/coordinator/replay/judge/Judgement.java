package parallax.coordinator.replay.judge;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.replay.record.RecordedIncident;

/**
 * How a replay compares with what is expected.
 *
 * @param incidents all that were published, in the order of publication
 * @param failures in the order of the expectations
 * @param openedAfterMs of each expected service incident that was raised: from onset to opening
 */
public record Judgement(List<Told> incidents, List<Mismatch> failures, List<Long> openedAfterMs) {
  public Judgement {
    incidents = List.copyOf(incidents);
    failures = List.copyOf(failures);
    openedAfterMs = List.copyOf(openedAfterMs);
  }

  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * A published incident.
   *
   * @param matches the name of the expectation it counts for, or {@link #ALLOWED}; empty when it
   *     was not to be raised
   */
  public record Told(RecordedIncident incident, Optional<String> matches) {
    /** Stands for all that is allowed and not expected. */
    public static final String ALLOWED = "allow";
  }
}
