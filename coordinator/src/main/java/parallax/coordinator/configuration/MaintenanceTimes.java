package parallax.coordinator.configuration;

import java.time.Instant;
import parallax.config.policy.Maintenance;
import parallax.coordinator.core.watch.QuietTimes;

/** The recurring windows of a maintenance, half open. */
record MaintenanceTimes(Maintenance maintenance) implements QuietTimes {
  @Override
  public boolean cover(Instant now) {
    return maintenance.covers(now);
  }
}
