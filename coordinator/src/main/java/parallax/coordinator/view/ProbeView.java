package parallax.coordinator.view;

import java.time.Instant;
import parallax.config.observation.Outcome;
import parallax.config.observation.Vantage;
import parallax.coordinator.core.evidence.Evidence;

/**
 * One probe as readers see it; the counts are since the start of the coordinator.
 *
 * @param lastHeard by the coordinator's clock
 */
public record ProbeView(
    Vantage vantage, Instant lastHeard, long up, long degraded, long down, long inconclusive) {

  /** A probe of which nothing was counted yet. */
  public static ProbeView unheard(Vantage vantage, Instant at) {
    return new ProbeView(vantage, at, 0, 0, 0, 0);
  }

  /** This view after one more observation. */
  public ProbeView hearing(Evidence evidence) {
    Vantage from = evidence.observation().vantage();
    Instant at = evidence.received();
    return switch (evidence.observation().outcome()) {
      case Outcome.Up _ -> new ProbeView(from, at, up + 1, degraded, down, inconclusive);
      case Outcome.Degraded _ -> new ProbeView(from, at, up, degraded + 1, down, inconclusive);
      case Outcome.Down _ -> new ProbeView(from, at, up, degraded, down + 1, inconclusive);
      case Outcome.Inconclusive _ -> new ProbeView(from, at, up, degraded, down, inconclusive + 1);
    };
  }

  public long observations() {
    return up + degraded + down + inconclusive;
  }
}
