package parallax.config.policy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recurring window in which incidents are tracked but not told.
 *
 * @param match labels a target must carry
 * @param cron five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday)
 * @param zone in which {@code cron} is read
 */
public record Maintenance(
    String name, SortedMap<String, String> match, String cron, Duration duration, ZoneId zone) {
  public Maintenance {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
  }
}
