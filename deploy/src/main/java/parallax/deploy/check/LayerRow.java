package parallax.deploy.check;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;

/**
 * One layer of one look at a target.
 *
 * @param state what was found there
 * @param seen facts, in words; may be empty
 * @param finding why, unless all was well
 * @param start when the layer began, counted from the start of the look
 * @param time how long it took
 */
record LayerRow(
    Layer layer,
    State state,
    String seen,
    Optional<Finding> finding,
    Duration start,
    Duration time) {

  enum State {
    UP,
    DEGRADED,
    DOWN,
    INCONCLUSIVE,
    /** Not reached, because an earlier layer failed. */
    SKIPPED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
