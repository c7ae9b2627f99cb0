package parallax.coordinator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.notebook.PlainText;

/**
 * Somebody says that a target is down for them. Weak evidence: nothing is decided by it.
 *
 * @param region from where, as they say
 * @param text what else they say; may be empty
 */
public record UserReport(TargetName target, Instant at, Optional<Region> region, String text) {
  /** Reports of this time before an incident belong to it, too. */
  public static final Duration RECENT = Duration.ofMinutes(15);

  public UserReport {
    text = PlainText.line(text, PlainText.MAX_LINE);
  }

  /** How many there were, in words. */
  public static String words(int count) {
    return count + (count == 1 ? " person" : " people") + " reported it in the last 15 minutes";
  }
}
