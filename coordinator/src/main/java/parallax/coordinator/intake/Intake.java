package parallax.coordinator.intake;

import java.util.List;
import java.util.concurrent.CompletionStage;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;

/** Takes in what probes hand over. Thread-safe; never blocks. */
public interface Intake {
  /**
   * Takes in observations of one run of one probe, who was authenticated and may speak of these
   * targets. What was taken in before is passed over, so all may be handed over again.
   *
   * @param evidence at most {@link parallax.config.wire.WireLimits#MAX_BATCH}
   * @return completes within a bounded time, on any thread, and never exceptionally
   */
  CompletionStage<Receipt> take(List<Evidence> evidence);

  /** A probe is alive. */
  void alive(Beat beat);
}
