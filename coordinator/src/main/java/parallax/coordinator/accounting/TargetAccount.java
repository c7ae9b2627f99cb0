package parallax.coordinator.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.config.target.Objective;
import parallax.config.target.TargetName;

/**
 * A month of one target. The four times make up the whole month, as far as it has passed.
 *
 * @param up or degraded
 * @param unknown nobody watched it, or who did could not say
 * @param maintenance whatever the target was like in it
 * @param lapses those that touch the month, the oldest first
 * @param latency empty when no look that tells it is kept
 */
public record TargetAccount(
    TargetName name,
    Optional<Objective> objective,
    Duration up,
    Duration down,
    Duration unknown,
    Duration maintenance,
    List<Lapse> lapses,
    Optional<Latency> latency) {
  public TargetAccount {
    lapses = List.copyOf(lapses);
  }

  /** The share of the known time in which it was up; empty when nothing is known. */
  public OptionalDouble uptime() {
    long known = up.plus(down).toMillis();
    return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) up.toMillis() / known);
  }

  /** Whether the uptime of the month reaches the objective; empty without one, or unknown. */
  public Optional<Boolean> isMet() {
    OptionalDouble uptime = uptime();
    return uptime.isEmpty()
        ? Optional.empty()
        : objective.map(wanted -> uptime.getAsDouble() >= wanted.target());
  }

  /** The longest incident. */
  public Optional<Duration> longest(Instant now) {
    return lapses.stream().map(lapse -> lapse.length(now)).max(Comparator.naturalOrder());
  }

  /** The mean time of incidents that ended in the month, from onset to end. */
  public Optional<Duration> meanTimeToRepair(Month month) {
    List<Duration> ended =
        lapses.stream()
            .filter(
                lapse -> lapse.resolved().filter(end -> end.isBefore(month.until())).isPresent())
            .map(lapse -> Duration.between(lapse.onset(), lapse.resolved().orElseThrow()))
            .toList();
    return ended.isEmpty()
        ? Optional.empty()
        : Optional.of(ended.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(ended.size()));
  }

  /** The time up for each incident that began in the month. */
  public Optional<Duration> meanTimeBetweenFailures(Month month) {
    long began = lapses.stream().filter(lapse -> !lapse.onset().isBefore(month.from())).count();
    return began == 0 ? Optional.empty() : Optional.of(up.dividedBy(began));
  }
}
