package parallax.probe.bgp.watch.load;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import parallax.probe.bgp.rpki.VrpTable;

/**
 * Holds back payloads of which too much is missing: when much of one trust anchor vanishes at once,
 * that anchor or the validator is broken, and not the routes.
 */
final class AnchorGuard {
  /** The share of one anchor's payloads that may vanish from one reading to the next. */
  private static final double MAX_VANISHED = 0.2;

  /** Of fewer, any share may. */
  private static final int MIN_PAYLOADS = 50;

  private AnchorGuard() {}

  /** Why {@code next} is not to be used in place of {@code last}; empty when it may. */
  static Optional<String> objection(VrpTable last, VrpTable next) {
    SortedMap<String, Integer> now = next.byAnchor();
    for (Map.Entry<String, Integer> anchor : last.byAnchor().entrySet()) {
      int before = anchor.getValue();
      int after = now.getOrDefault(anchor.getKey(), 0);
      if (before >= MIN_PAYLOADS && before - after > MAX_VANISHED * before) {
        return Optional.of(
            "anchor " + anchor.getKey() + " fell from " + before + " payloads to " + after);
      }
    }
    return Optional.empty();
  }
}
