package parallax.coordinator.accounting;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.config.check.CheckKind;

/** How long looks at one target took, by the kind of look. */
final class Took {
  /** What a registry or a collector of routes takes to answer says nothing of a target. */
  private static final Set<CheckKind> ASKS_OTHERS =
      Set.of(CheckKind.REGISTRATION, CheckKind.DELEGATION, CheckKind.BGP);

  private final Map<CheckKind, Durations> byCheck = new EnumMap<>(CheckKind.class);

  /** Adds a look that found the target working. */
  void look(CheckKind check, Duration duration) {
    if (!ASKS_OTHERS.contains(check)) {
      byCheck.computeIfAbsent(check, _ -> new Durations()).add(duration);
    }
  }

  /** Of the kind of look that goes deepest; empty when there was none. */
  Optional<Latency> latency() {
    return byCheck.entrySet().stream()
        .max(Map.Entry.comparingByKey())
        .map(
            deepest -> {
              Durations all = deepest.getValue();
              return new Latency(
                  deepest.getKey(),
                  all.all(),
                  all.percentile(50),
                  all.percentile(95),
                  all.percentile(99));
            });
  }
}
