package parallax.config.observation;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long each phase of a check took. A phase that was not reached is absent; over several hops
 * (redirects) the phases of all hops are added up.
 *
 * @param phases never negative, iterates in phase order
 */
public record Timings(Map<Phase, Duration> phases) {
  public static final Timings NONE = new Timings(Map.of());

  public Timings {
    EnumMap<Phase, Duration> ordered = new EnumMap<>(Phase.class);
    phases.forEach(
        (phase, time) -> {
          if (time.isNegative()) {
            throw new IllegalArgumentException("negative time for " + phase + ": " + time);
          }
          ordered.put(phase, time);
        });
    phases = Collections.unmodifiableMap(ordered);
  }

  /** The time of one phase, if it was reached. */
  public Optional<Duration> of(Phase phase) {
    return Optional.ofNullable(phases.get(phase));
  }

  /** These timings with {@code time} added to {@code phase}. */
  public Timings plus(Phase phase, Duration time) {
    EnumMap<Phase, Duration> sum = new EnumMap<>(Phase.class);
    sum.putAll(phases);
    sum.merge(phase, time, Duration::plus);
    return new Timings(sum);
  }

  /** The sum of all phases. */
  public Duration total() {
    return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
  }
}
