package parallax.config.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recurring window in which incidents are tracked but not told.
 *
 * @param match labels a target must carry; empty matches every target
 * @param cron when it starts
 * @param duration how long it takes, as time passes whatever clocks show; at most {@link
 *     #MAX_DURATION}
 * @param zone in which {@code cron} is read
 */
public record Maintenance(
    String name, SortedMap<String, String> match, Cron cron, Duration duration, ZoneId zone) {
  /** The longest window. It also bounds how far back {@link #covers} has to look. */
  public static final Duration MAX_DURATION = Duration.ofDays(7);

  public Maintenance {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    if (duration.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(name + " is longer than " + MAX_DURATION);
    }
  }

  /** Whether a target with these labels is meant. */
  public boolean matches(SortedMap<String, String> labels) {
    return labels.entrySet().containsAll(match.entrySet());
  }

  /** Whether a window that began at {@code now} or before has not ended yet. */
  public boolean covers(Instant now) {
    return cron.latest(now.minus(duration), now, zone).isPresent();
  }
}
