package parallax.coordinator.replay.world;

import java.util.List;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;

/** What the clocks of the probes show. */
public final class Clocks {
  private final List<BoundEvent<Change.Clock>> events;

  public Clocks(Scenario scenario) {
    this.events = BoundEvent.of(scenario, Change.Clock.class);
  }

  /** What the probe's clock shows at a moment of true time; the last event that says so holds. */
  public long shown(int probe, long trueMs) {
    long offsetMs = 0;
    for (BoundEvent<Change.Clock> event : events) {
      if (event.concerns(probe, trueMs)) {
        offsetMs = event.change().offsetMs();
      }
    }
    return trueMs + offsetMs;
  }
}
