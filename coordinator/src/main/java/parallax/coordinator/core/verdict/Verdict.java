package parallax.coordinator.core.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;

/**
 * What is held to be true of one target.
 *
 * @param scope present when the state is DEGRADED or DOWN
 * @param cause present when the state is DEGRADED or DOWN, and with UNKNOWN where the probe's own
 *     trouble is known
 * @param since when this state began
 * @param confidence from 0 to 1, how sure; 0 when UNKNOWN
 * @param evidence what it rests on, newest first, bounded
 * @param rule the rule that decided, in words
 */
public record Verdict(
    TargetName target,
    TargetState state,
    Optional<Scope> scope,
    Optional<Cause> cause,
    Instant since,
    double confidence,
    List<Evidence> evidence,
    String rule) {

  /** More evidence than this is not carried in a verdict. */
  public static final int MAX_EVIDENCE = 32;

  public Verdict {
    evidence = evidence.stream().limit(MAX_EVIDENCE).toList();
    if (confidence < 0 || confidence > 1) {
      throw new IllegalArgumentException("confidence out of range: " + confidence);
    }
  }
}
