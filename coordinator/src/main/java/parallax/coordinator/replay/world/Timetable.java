package parallax.coordinator.replay.world;

import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;

/** When checks, heartbeats and looks of route collectors are due. */
public final class Timetable {
  /** Between two heartbeats of a probe. */
  public static final long HEARTBEAT_MS = 10_000;

  /** The first look of the route collectors. */
  public static final long FIRST_ROUTE_LOOK_MS = 1_000;

  private final Scenario scenario;

  public Timetable(Scenario scenario) {
    this.scenario = scenario;
  }

  /** The first check of its kind; probes and targets are spread evenly over the interval. */
  public long firstCheckMs(int probe, int target, ScenarioCheck check) {
    long kinds = ScenarioCheck.values().length;
    long targets = scenario.targets().size();
    long slot = (probe * targets + target) * kinds + check.index();
    return scenario.schedule().intervalMs(check)
        * slot
        / (scenario.probes().size() * targets * kinds);
  }

  public long firstHeartbeatMs(int probe) {
    return probe * HEARTBEAT_MS / scenario.probes().size();
  }
}
