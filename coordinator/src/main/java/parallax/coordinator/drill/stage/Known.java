package parallax.coordinator.drill.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.dependency.LearntDependencies;

/** What checks saw of what targets stand on, learnt from their last looks. */
final class Known {
  private static final String VISIBLE = "VISIBLE";

  private final LearntDependencies learnt = new LearntDependencies();

  Known(Configuration configuration) {
    learnt.configured(configuration);
  }

  /** Inputs that say all of it. */
  List<Input> of(Collection<Copy> copies, Instant now) {
    Map<TargetName, Dependencies> known = new LinkedHashMap<>();
    Map<String, RouteView> routes = new LinkedHashMap<>();
    for (Copy copy : copies) {
      Observation last = copy.last();
      learnt.saw(last, now).ifPresent(all -> known.put(last.target(), all));
      for (Facts.RouteSeen route : last.facts().routes()) {
        view(route).ifPresent(view -> routes.put(route.prefix(), view));
      }
    }
    List<Input> inputs = new ArrayList<>();
    known.forEach((target, all) -> inputs.add(new Input.Learnt(target, all)));
    routes.values().forEach(view -> inputs.add(new Input.Routed(view)));
    return inputs;
  }

  /** Routes that are not seen as they should be are in trouble of their own; nothing is said. */
  private static Optional<RouteView> view(Facts.RouteSeen route) {
    return route
        .sight()
        .filter(sight -> sight.reach().equals(VISIBLE))
        .map(sight -> new RouteView(route.prefix(), 1, sight.origin()));
  }
}
