package parallax.probe.uplink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.config.wire.Priority;

/** How much an observation matters, by the one before of the same check. Not thread-safe. */
final class Priorities {
  /** Checks whose last outcome is remembered; the one not heard of for longest goes first. */
  static final int MAX_REMEMBERED = 100_000;

  private final Map<Key, Found> last = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(TargetName target, CheckKind check) {}

  private record Found(String outcome, Optional<Reason> reason) {}

  Priority of(Observation observation) {
    Outcome outcome = observation.outcome();
    Found found = new Found(outcome.label(), outcome.why().map(Finding::reason));
    Key key = new Key(observation.target(), observation.check());
    Optional<Found> before = Optional.ofNullable(last.put(key, found));
    if (last.size() > MAX_REMEMBERED) {
      last.remove(last.keySet().iterator().next());
    }
    if (before.isPresent() && !before.get().equals(found)) {
      return Priority.CHANGE;
    }
    return outcome instanceof Outcome.Up ? Priority.ROUTINE : Priority.TROUBLE;
  }
}
