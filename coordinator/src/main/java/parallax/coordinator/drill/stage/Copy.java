package parallax.coordinator.drill.stage;

import java.time.Duration;
import parallax.config.observation.Observation;
import parallax.config.observation.Vantage;
import parallax.config.target.Target;

/**
 * A check that a real probe makes of a real target, to be made in a drill as well.
 *
 * @param last what it saw last
 * @param interval from one look to the next
 * @param timeout the longest that one takes
 */
record Copy(Target target, Observation last, Duration interval, Duration timeout) {
  Vantage vantage() {
    return last.vantage();
  }

  /** Tells looks apart: probe, target and kind. */
  String key() {
    return vantage().probe() + " " + target.name() + " " + last.check();
  }
}
