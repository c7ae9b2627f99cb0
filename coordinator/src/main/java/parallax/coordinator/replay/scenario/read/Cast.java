package parallax.coordinator.replay.scenario.read;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;

/**
 * What events and expectations speak of.
 *
 * @param probes empty when they could not be read, so that nothing is said about their names
 * @param targets as well
 */
record Cast(
    Optional<List<ScenarioProbe>> probes, Optional<List<ScenarioTarget>> targets, long endMs) {

  Optional<NavigableSet<String>> targetIds() {
    return targets.map(all -> values(all, target -> Optional.of(target.id())));
  }

  /** All values of an attribute. */
  static <T> NavigableSet<String> values(List<T> all, Function<T, Optional<String>> attribute) {
    NavigableSet<String> values = new TreeSet<>();
    all.forEach(one -> attribute.apply(one).ifPresent(values::add));
    return values;
  }
}
