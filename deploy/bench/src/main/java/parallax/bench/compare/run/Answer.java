package parallax.bench.compare.run;

import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;

/**
 * What a check finds.
 *
 * @param timedOut whether it took {@link Look#TIMEOUT}, else it took {@link Look#QUICK}
 */
public record Answer(Layer layer, Outcome outcome, boolean failed, boolean timedOut) {
  /** A success whose deepest layer is {@code layer}. */
  public static Answer fine(Layer layer) {
    return new Answer(layer, Outcome.up(), false, false);
  }

  /** A failure that is told at once. */
  public static Answer down(Reason reason) {
    return new Answer(reason.layer().orElseThrow(), Outcome.down(reason, ""), true, false);
  }

  /** A failure that shows by nobody answering in time. */
  public static Answer timeout(Reason reason) {
    return new Answer(reason.layer().orElseThrow(), Outcome.down(reason, ""), true, true);
  }

  /** The probe cannot tell, as nobody answered it in time. */
  public static Answer noAnswer(Layer layer, Reason reason) {
    return new Answer(layer, Outcome.inconclusive(reason, ""), false, true);
  }
}
