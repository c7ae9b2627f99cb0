package parallax.coordinator.metrics;

import java.util.List;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;

/**
 * What a coordinator counts and measures, as long as its process lives.
 *
 * @param notifications by receiver and outcome
 * @param dropped observations that were not decided upon, by reason
 * @param failures inputs the core stumbled over, by input
 * @param storeDropped what could not be kept for the store, by kind
 * @param storeFailures writes to the store that failed, by operation
 * @param heartbeats signs of life for the watchdog outside
 */
public record Instruments(
    Meters meters,
    CheckDurations durations,
    Tally notifications,
    Tally dropped,
    Tally failures,
    Tally storeDropped,
    Tally storeFailures,
    HeartbeatCounts heartbeats) {

  /** All of them, at nought. */
  public static Instruments create() {
    return new Instruments(
        new Meters(),
        new CheckDurations(),
        new Tally(
            "parallax_notifications_total", "Attempts to tell a receiver.", "receiver", "outcome"),
        new Tally(
            "parallax_ingest_dropped_total", "Observations that were not decided upon.", "reason"),
        new Tally("parallax_decision_failures_total", "Inputs the core stumbled over.", "input"),
        new Tally("parallax_store_dropped_total", "What could not be kept for the store.", "kind"),
        new Tally("parallax_store_failures_total", "Writes to the store that failed.", "operation"),
        new HeartbeatCounts());
  }

  /** Shows what can be told to each receiver, and to the watchdog, from nought. */
  public void expect(Configuration configuration) {
    for (Receiver receiver : configuration.receivers()) {
      for (String outcome : List.of("delivered", "retried", "given_up", "superseded")) {
        notifications.add(0, receiver.name(), outcome);
      }
    }
    if (configuration.watchdog().isPresent()) {
      heartbeats.expect(meters);
    }
  }

  /** Those that are shown as they are. */
  public List<Tally> tallies() {
    return List.of(
        notifications, dropped, failures, storeDropped, storeFailures, heartbeats.sent());
  }
}
