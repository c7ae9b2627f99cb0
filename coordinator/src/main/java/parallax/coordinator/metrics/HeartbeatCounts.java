package parallax.coordinator.metrics;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** What became of the signs of life that a watchdog outside is sent. */
public final class HeartbeatCounts {
  private static final double MILLIS = 1000;

  private final Tally sent =
      new Tally(
          "parallax_watchdog_sent_total",
          "Signs of life for the watchdog outside: delivered, failed, or withheld in trouble.",
          "outcome");
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

  /** Shows all of them, from nought; a second time changes nothing. */
  void expect(Meters meters) {
    sent.add(0, "delivered");
    sent.add(0, "failed");
    sent.add(0, "withheld");
    meters.gauge(
        "parallax.watchdog.last.success.timestamp.seconds",
        "When the watchdog took the last sign of life of this coordinator; 0: never.",
        last,
        at -> at.get().toEpochMilli() / MILLIS);
  }

  public void delivered(Instant at) {
    last.set(at);
    sent.count("delivered");
  }

  /** It did not arrive. */
  public void failed() {
    sent.count("failed");
  }

  /** Nothing was said because nothing is well. */
  public void withheld() {
    sent.count("withheld");
  }

  /** By outcome. */
  public Tally sent() {
    return sent;
  }
}
