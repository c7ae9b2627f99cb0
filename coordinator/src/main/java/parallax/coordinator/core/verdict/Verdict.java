package parallax.coordinator.core.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.Region;
import parallax.config.target.TargetName;

/**
 * What is held to be true of one target.
 *
 * @param scope present when the state is DEGRADED or DOWN
 * @param regions those that are hit, when the scope is REGIONAL
 * @param cause present when the state is DEGRADED or DOWN, and with UNKNOWN where the probe's own
 *     trouble is known
 * @param since when this state began
 * @param confidence from 0 to 1, how sure; 0 when UNKNOWN
 * @param votes what it rests on, newest first, at most {@link #MAX_VOTES}
 */
public record Verdict(
    TargetName target,
    TargetState state,
    Optional<Scope> scope,
    List<Region> regions,
    Optional<Cause> cause,
    Instant since,
    double confidence,
    List<Vote> votes,
    Why why) {

  /** More votes than this are not carried in a verdict. */
  public static final int MAX_VOTES = 64;

  public Verdict {
    regions = List.copyOf(regions);
    votes = votes.stream().limit(MAX_VOTES).toList();
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence out of range: " + confidence);
    }
  }

  /** Whether nothing fails, though something may not be as it should be. */
  public boolean works() {
    return switch (state) {
      case UP -> true;
      // Nobody is weighed against anybody where nothing fails.
      case DEGRADED -> why.shares().isEmpty();
      case DOWN, UNKNOWN -> false;
    };
  }
}
