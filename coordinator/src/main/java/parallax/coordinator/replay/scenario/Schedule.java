package parallax.coordinator.replay.scenario;

/**
 * Milliseconds between two checks of one probe and one target, by kind.
 *
 * @param bgpMs between two looks of the route collectors at one prefix
 */
public record Schedule(
    long webMs, long dnsAuthMs, long delegationMs, long registrationMs, long bgpMs) {
  /** What holds where a scenario says nothing else. */
  public static final Schedule DEFAULT = new Schedule(60_000, 60_000, 300_000, 900_000, 60_000);

  public long intervalMs(ScenarioCheck check) {
    return switch (check) {
      case WEB -> webMs;
      case DNS_AUTH -> dnsAuthMs;
      case DELEGATION -> delegationMs;
      case REGISTRATION -> registrationMs;
    };
  }
}
