package parallax.coordinator.view;

import java.time.Duration;

/** The times over which uptime is told, all ending now. */
public enum Window {
  DAY("24h", Duration.ofHours(24)),
  WEEK("7d", Duration.ofDays(7)),
  MONTH("30d", Duration.ofDays(30)),
  QUARTER("90d", Duration.ofDays(90));

  /** The longest window: nothing older is kept in memory. */
  public static final Duration LONGEST = QUARTER.length;

  private final String label;
  private final Duration length;

  Window(String label, Duration length) {
    this.label = label;
    this.length = length;
  }

  /** The word used in JSON and metrics. */
  public String label() {
    return label;
  }

  public Duration length() {
    return length;
  }
}
