package parallax.coordinator.core.evidence;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;

/**
 * What a look said, in 16 bits: two for the kind of outcome, four for the layer, ten for the
 * reason. Codes live in memory only, so they may change from one version to the next.
 */
public final class LookCode {
  static final int BITS = 16;

  private static final int UP = 1;
  private static final int DEGRADED = 2;
  private static final int DOWN = 3;
  private static final int LAYER_SHIFT = 2;
  private static final int REASON_SHIFT = 6;
  private static final List<Layer> LAYERS = List.of(Layer.values());
  private static final List<Reason> REASONS = List.of(Reason.values());

  private LookCode() {}

  /** The code of an outcome that speaks about the target; 0 when it could not tell. */
  public static int of(Outcome outcome, Layer layer) {
    int place = LAYERS.indexOf(layer) << LAYER_SHIFT;
    return switch (outcome) {
      case Outcome.Up _ -> UP | place;
      case Outcome.Degraded(Finding finding) -> DEGRADED | place | reason(finding);
      case Outcome.Down(Finding finding) -> DOWN | place | reason(finding);
      case Outcome.Inconclusive _ -> 0;
    };
  }

  public static boolean isFailed(int code) {
    return (code & 3) == DOWN;
  }

  public static boolean isNotable(int code) {
    return (code & 3) == DEGRADED;
  }

  public static Layer layer(int code) {
    return LAYERS.get(code >> LAYER_SHIFT & 0xf);
  }

  /** Empty when all was fine. */
  public static Optional<Reason> reason(int code) {
    return (code & 3) == UP ? Optional.empty() : Optional.of(REASONS.get(code >> REASON_SHIFT));
  }

  private static int reason(Finding finding) {
    return REASONS.indexOf(finding.reason()) << REASON_SHIFT;
  }
}
