package parallax.probe.bgp.rislive;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before another try: at random, up to a bound that doubles. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final RisLiveSettings.Pause pause;
  private final RandomGenerator random;
  private int failures;

  Backoff(RisLiveSettings.Pause pause, RandomGenerator random) {
    this.pause = pause;
    this.random = random;
  }

  /** After one more failure. */
  Duration next() {
    Duration doubled = pause.first().multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    Duration bound = doubled.compareTo(pause.most()) < 0 ? doubled : pause.most();
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
  }

  void reset() {
    failures = 0;
  }
}
