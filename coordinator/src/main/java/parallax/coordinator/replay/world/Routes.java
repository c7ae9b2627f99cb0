package parallax.coordinator.replay.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioTarget;

/** What route collectors see. */
public final class Routes {
  private final Map<String, Long> origins = new LinkedHashMap<>();
  private final List<BoundEvent<Change.Routes>> events;

  public Routes(Scenario scenario) {
    for (ScenarioTarget target : scenario.targets()) {
      target.dns().prefixes().forEach(prefix -> origins.putIfAbsent(prefix, target.dns().asn()));
      target.web().prefixes().forEach(prefix -> origins.putIfAbsent(prefix, target.web().asn()));
    }
    this.events = BoundEvent.of(scenario, Change.Routes.class);
  }

  /** Every prefix that a target stands on, once, in the order of the file. */
  public List<String> prefixes() {
    return new ArrayList<>(origins.keySet());
  }

  /** One of {@link #prefixes} as collectors see it; later events win over earlier ones. */
  public RouteView seen(String prefix, long atMs) {
    double visibility = 1;
    Optional<Long> origin = Optional.ofNullable(origins.get(prefix));
    for (BoundEvent<Change.Routes> event : events) {
      Change.Routes routes = event.change();
      if (event.event().covers(atMs) && routes.prefixes().contains(prefix)) {
        visibility = routes.visibility().orElse(visibility);
        origin = routes.origin().isPresent() ? Optional.of(routes.origin().getAsLong()) : origin;
      }
    }
    return new RouteView(prefix, visibility, visibility > 0 ? origin : Optional.empty());
  }
}
