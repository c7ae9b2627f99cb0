package parallax.probe.check;

import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;

/**
 * What one attempt saw.
 *
 * @param layer the layer that failed; of a success or of the probe's own trouble the deepest layer
 *     reached
 */
public record CheckResult(Layer layer, Outcome outcome, Timings timings, Facts facts) {

  public static CheckResult up(Layer deepest, Timings timings, Facts facts) {
    return new CheckResult(deepest, Outcome.up(), timings, facts);
  }

  /**
   * The result for {@code reason}: down where it speaks about the target, inconclusive where it is
   * the probe's own trouble.
   *
   * @param reached the layer to file own trouble under
   */
  public static CheckResult failed(
      Reason reason, String detail, Layer reached, Timings timings, Facts facts) {
    Finding finding = new Finding(reason, detail);
    return reason
        .layer()
        .map(layer -> new CheckResult(layer, new Outcome.Down(finding), timings, facts))
        .orElseGet(
            () -> new CheckResult(reached, new Outcome.Inconclusive(finding), timings, facts));
  }
}
