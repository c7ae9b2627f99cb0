package parallax.coordinator.replay.world;

import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioEvent;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;

/**
 * An event with its selectors worked out: whom it concerns, by index in the file.
 *
 * @param probes whether it concerns the probe of this index
 * @param targets whether it concerns the target of this index
 * @param everything whether it concerns what belongs to no target as well
 */
record BoundEvent<C extends Change>(
    ScenarioEvent event, C change, boolean[] probes, boolean[] targets, boolean everything) {

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
    boolean[] probes = new boolean[scenario.probes().size()];
    for (int index = 0; index < probes.length; index++) {
      ScenarioProbe probe = scenario.probes().get(index);
      probes[index] = event.from().selects(probe);
    }
    boolean[] targets = new boolean[scenario.targets().size()];
    for (int index = 0; index < targets.length; index++) {
      ScenarioTarget target = scenario.targets().get(index);
      targets[index] = event.targets().isEmpty() || event.targets().get().selects(target);
    }
    return new BoundEvent<>(event, change, probes, targets, event.targets().isEmpty());
  }

  boolean concerns(int probe, int target, long atMs) {
    return event.covers(atMs) && probes[probe] && targets[target];
  }

  /** Whether it concerns what a probe does for no target. */
  boolean concerns(int probe, long atMs) {
    return event.covers(atMs) && probes[probe] && everything;
  }
}
