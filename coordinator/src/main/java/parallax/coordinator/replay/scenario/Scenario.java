package parallax.coordinator.replay.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A labelled world, {@code parallax-scenario/1}.
 *
 * @param title in words
 * @param basedOn what it models, in words
 * @param origin the time of the start, where the scenario names one
 * @param covers tags
 * @param seed feeds every draw; unsigned
 * @param noise the probability that a single check fails for no reason, from 0 to 1
 * @param timeoutMs of every check
 */
public record Scenario(
    String id,
    String title,
    Nature nature,
    String basedOn,
    Optional<Instant> origin,
    List<String> covers,
    long seed,
    long durationMs,
    double noise,
    long timeoutMs,
    Schedule schedule,
    List<ScenarioProbe> probes,
    List<ScenarioTarget> targets,
    List<ScenarioEvent> events,
    Expectations expect) {

  /** The only schema there is. */
  public static final String SCHEMA = "parallax-scenario/1";

  /** The most probes. */
  public static final int MAX_PROBES = 500;

  /** The most targets. */
  public static final int MAX_TARGETS = 2_000;

  /** The most events. */
  public static final int MAX_EVENTS = 2_000;

  /** The longest: a week. */
  public static final long MAX_DURATION_MS = 7L * 24 * 3_600_000;

  /** The most checks that the schedule may ask for. */
  public static final long MAX_CHECKS = 20_000_000;

  public Scenario {
    covers = List.copyOf(covers);
    probes = List.copyOf(probes);
    targets = List.copyOf(targets);
    events = List.copyOf(events);
  }

  /** Whether something must be raised, or nothing may be. */
  public enum Nature {
    INCIDENT,
    NEGATIVE
  }

  /** About how many checks the schedule asks for. */
  public double expectedChecks() {
    double rounds = 0;
    for (ScenarioCheck check : ScenarioCheck.values()) {
      rounds += (double) durationMs / schedule.intervalMs(check);
    }
    return rounds * probes.size() * targets.size();
  }
}
