package parallax.coordinator.replay.world;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioEvent;

/**
 * An event with its selectors worked out: whom it concerns, by index in the file.
 *
 * @param probes whether it concerns the probe of this index
 * @param targets whether it concerns the target of this index
 * @param everything whether it concerns what belongs to no target as well
 */
record BoundEvent<C extends Change>(
    ScenarioEvent event, C change, BitSet probes, BitSet targets, boolean everything) {

  /** The events that change this, in the order of the file. */
  static <C extends Change> List<BoundEvent<C>> of(Scenario scenario, Class<C> kind) {
    List<BoundEvent<C>> bound = new ArrayList<>();
    for (ScenarioEvent event : scenario.events()) {
      if (kind.isInstance(event.change())) {
        bound.add(bound(event, kind.cast(event.change()), scenario));
      }
    }
    return bound;
  }

  private static <C extends Change> BoundEvent<C> bound(
      ScenarioEvent event, C change, Scenario scenario) {
    return new BoundEvent<>(
        event,
        change,
        chosen(scenario.probes(), event.from()::selects),
        chosen(
            scenario.targets(),
            target -> event.targets().map(selector -> selector.selects(target)).orElse(true)),
        event.targets().isEmpty());
  }

  private static <T> BitSet chosen(List<T> all, Predicate<T> chosen) {
    BitSet indices = new BitSet(all.size());
    for (int index = 0; index < all.size(); index++) {
      indices.set(index, chosen.test(all.get(index)));
    }
    return indices;
  }

  boolean concerns(int probe, int target, long atMs) {
    return event.covers(atMs) && probes.get(probe) && targets.get(target);
  }

  /** Whether it concerns what a probe does for no target. */
  boolean concerns(int probe, long atMs) {
    return event.covers(atMs) && probes.get(probe) && everything;
  }
}
