package parallax.coordinator.view.objective;

import java.time.Duration;

/**
 * The times over which it is told how fast an error budget burns: the long windows that the Site
 * Reliability Workbook, chapter 5, recommends for alerts. Of a budget of 30 days, a rate of 14.4
 * uses 2 % in an hour, 6 uses 5 % in six, 1 uses 10 % in three days.
 */
public enum BurnWindow {
  HOUR("1h", Duration.ofHours(1)),
  SIX_HOURS("6h", Duration.ofHours(6)),
  THREE_DAYS("3d", Duration.ofDays(3));

  private final String label;
  private final Duration length;

  BurnWindow(String label, Duration length) {
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
