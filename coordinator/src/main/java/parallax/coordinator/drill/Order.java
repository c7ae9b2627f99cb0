package parallax.coordinator.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.coordinator.drill.stage.Fault;
import parallax.coordinator.replay.scenario.Scenario;

/**
 * A drill that somebody asks for.
 *
 * @param pace how many times as fast as real time; empty: as fast as can be
 * @param send whether the real receivers get letters, marked as a drill
 * @param begin in its time; empty: when it is asked for, or, where letters are sent as fast as can
 *     be, so early that it is over by then: nobody is told of the future
 */
public record Order(What what, Optional<Integer> pace, boolean send, Optional<Instant> begin) {
  /** The fastest that can be asked for, in times of real time. */
  public static final int MAX_PACE = 1_000;

  /** How long a fault lasts that does not say it, where the order does not either. */
  public static final Duration USUAL_FAULT = Duration.ofMinutes(10);

  /** The most faults of one drill. */
  public static final int MAX_FAULTS = 20;

  /** What is played. */
  public sealed interface What {
    /**
     * A labelled scenario.
     *
     * @param labels of those of its targets that are not configured
     */
    record Labelled(Scenario scenario, SortedMap<String, String> labels) implements What {
      public Labelled {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
      }
    }

    /**
     * What is watched, with faults.
     *
     * @param usual how long one lasts that does not say it
     */
    record Faults(List<Fault> faults, Duration usual) implements What {
      public Faults {
        faults = List.copyOf(faults);
      }
    }
  }
}
