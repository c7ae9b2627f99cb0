package parallax.coordinator.status.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.view.Window;

/**
 * One service.
 *
 * @param name as the public knows it
 * @param since when it began to be as it is, as far as that is known
 * @param days the oldest first
 * @param uptime of each window, from 0 to 1; those of which nothing is known are left out
 */
public record ServiceView(
    String name,
    Optional<String> description,
    ServiceState state,
    Optional<Instant> since,
    List<Day> days,
    Map<Window, Double> uptime) {

  public ServiceView {
    days = List.copyOf(days);
    Map<Window, Double> copy = new EnumMap<>(Window.class);
    copy.putAll(uptime);
    uptime = Collections.unmodifiableMap(copy);
  }

  /** The share of the known time in which it was up. */
  public OptionalDouble uptime(Window window) {
    Double known = uptime.get(window);
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }
}
