package parallax.coordinator.status.model;

import java.time.Instant;
import java.util.List;

/**
 * Maintenance as the public is told.
 *
 * @param services that are worked on
 */
public record PublicWindow(List<String> services, Instant from, Instant until) {
  public PublicWindow {
    services = List.copyOf(services);
  }

  /** Whether it has begun. */
  public boolean isOpen(Instant now) {
    return !from.isAfter(now);
  }
}
