package parallax.coordinator.status.model;

import java.util.Locale;

/** How a service is, as the public is told. */
public enum ServiceState {
  UP,
  /** It works in part, for some, or not as it should. */
  DEGRADED,
  DOWN,
  /** Too little is known. */
  UNKNOWN,
  /** What is not up in it is being worked on, as announced. */
  MAINTENANCE;

  /** The word in JSON, in addresses and in style sheets. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
