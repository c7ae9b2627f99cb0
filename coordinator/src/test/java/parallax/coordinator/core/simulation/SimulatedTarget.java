package parallax.coordinator.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.coordinator.core.Given;
import parallax.coordinator.core.verdict.ConfirmRule;

/** A target of which the truth is known. */
final class SimulatedTarget {
  /** A time during which looks fail. */
  record Outage(Instant from, Instant to, Outcome seen, Duration took) {
    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  private final Target target;
  private final List<Outage> outages = new ArrayList<>();

  SimulatedTarget(Target target, Instant start, Instant end, SplittableRandom random) {
    this.target = target;
    Instant at = start.plusSeconds(60 + random.nextInt(300));
    while (at.isBefore(end)) {
      boolean slow = random.nextInt(3) == 0;
      Instant over = at.plusMillis(100 + random.nextInt(600_000));
      outages.add(
          new Outage(
              at,
              over.isBefore(end) ? over : end,
              slow ? Given.TIMED_OUT : random.nextBoolean() ? Given.REFUSED : Given.STATUS,
              slow ? Given.TIMEOUT : Duration.ofMillis(1 + random.nextInt(100))));
      at = over.plusMillis(100 + random.nextInt(900_000));
    }
  }

  Target target() {
    return target;
  }

  List<Outage> outages() {
    return outages;
  }

  Optional<Outage> outageAt(Instant at) {
    return outages.stream().filter(outage -> outage.contains(at)).findFirst();
  }

  /** Whether the same was true all the time from {@code from} to {@code to}. */
  boolean isSteady(Instant from, Instant to) {
    return outages.stream()
        .noneMatch(
            outage ->
                (outage.from().isAfter(from) && !outage.from().isAfter(to))
                    || (outage.to().isAfter(from) && !outage.to().isAfter(to)));
  }

  /**
   * The longest until a change is decided when nothing is lost: a round until the first look that
   * sees it, then that look, and two more that run at the same time.
   */
  Duration bound(Faults faults) {
    Duration pauses = ConfirmRule.pause(target.interval()).multipliedBy(2);
    Duration looks = Given.TIMEOUT.multipliedBy(2);
    return target.interval().plus(pauses).plus(looks).plus(faults.delay().multipliedBy(3));
  }
}
