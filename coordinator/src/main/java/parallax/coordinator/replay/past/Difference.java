package parallax.coordinator.replay.past;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What became of the alerts of the record under the rules of a replay. */
public sealed interface Difference {
  /** An alert that is told later or earlier by not more than this is the same. */
  Duration APART = Duration.ofMinutes(10);

  /** Sent then, and sent now. */
  record Kept(Alert recorded, Alert replayed) implements Difference {}

  /** Sent then, and not any more. */
  record Spared(Alert recorded) implements Difference {}

  /** Sent now, and not then. */
  record Sent(Alert replayed) implements Difference {}

  /** When it was told, then or else now. */
  default Instant at() {
    return switch (this) {
      case Kept kept -> kept.recorded().told();
      case Spared spared -> spared.recorded().told();
      case Sent sent -> sent.replayed().told();
    };
  }

  /**
   * Compares alerts, oldest first. Each is compared with at most one other: the nearest in time
   * that is about the same trouble.
   */
  static List<Difference> between(List<Alert> recorded, List<Alert> replayed) {
    List<Alert> left = new ArrayList<>(replayed);
    List<Difference> differences = new ArrayList<>();
    for (Alert then : recorded) {
      Optional<Alert> now =
          left.stream()
              .filter(other -> isSame(then, other))
              .min(Comparator.comparing(other -> apart(then, other)));
      now.ifPresent(left::remove);
      differences.add(now.<Difference>map(other -> new Kept(then, other)).orElse(new Spared(then)));
    }
    left.forEach(alert -> differences.add(new Sent(alert)));
    differences.sort(Comparator.comparing(Difference::at));
    return List.copyOf(differences);
  }

  private static boolean isSame(Alert then, Alert now) {
    return then.isAbout(now) && (then.overlaps(now) || apart(then, now).compareTo(APART) <= 0);
  }

  private static Duration apart(Alert one, Alert other) {
    return Duration.between(one.told(), other.told()).abs();
  }
}
