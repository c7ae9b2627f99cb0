package parallax.coordinator.core.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What goes wrong in one world, as chances of each look.
 *
 * @param lost it never arrives
 * @param lostRequest a request for another look never reaches the probe
 * @param repeated it arrives twice
 * @param delay the longest way from probe to coordinator
 * @param inconclusive the probe has trouble of its own
 * @param blip the look fails although the target is fine
 * @param restarts how often the coordinator starts anew in one world
 */
record Faults(
    double lost,
    double lostRequest,
    double repeated,
    Duration delay,
    double inconclusive,
    double blip,
    int restarts) {

  static final Faults NONE = new Faults(0, 0, 0, Duration.ofMillis(20), 0, 0, 0);

  static Faults some(SplittableRandom random) {
    return new Faults(
        random.nextDouble(0.3),
        random.nextDouble(0.5),
        random.nextDouble(0.5),
        Duration.ofMillis(1 + random.nextInt(20_000)),
        random.nextDouble(0.2),
        random.nextDouble(0.2),
        random.nextInt(5));
  }

  boolean isNone() {
    return equals(NONE);
  }
}
