package parallax.config.runbook;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import parallax.config.policy.Route.Extent;
import parallax.config.policy.Severity;

/**
 * When an action is done by itself.
 *
 * @param scopes for whom it must be broken; empty asks for nothing
 * @param severities how bad it must be; empty asks for nothing
 * @param lasting for how long all of that must have been so
 * @param cooldown after its last run, whatever that was about
 * @param most runs in any time of this length, whatever they were about
 */
public record Automatic(
    Set<Extent> scopes, Set<Severity> severities, Duration lasting, Duration cooldown, Most most) {
  public static final Duration MIN_LASTING = Duration.ofSeconds(10);
  public static final Duration MAX_LASTING = Duration.ofDays(1);
  public static final Duration USUAL_COOLDOWN = Duration.ofHours(1);
  public static final Duration MIN_COOLDOWN = Duration.ofMinutes(1);
  public static final Duration MAX_COOLDOWN = Duration.ofDays(7);

  public Automatic {
    scopes = sorted(Extent.class, scopes);
    severities = sorted(Severity.class, severities);
  }

  /** So many in any time of this length. */
  public record Most(int runs, Duration in) {
    /** What holds when nothing is said. */
    public static final Most USUAL = new Most(3, Duration.ofDays(1));

    public static final int MAX_RUNS = 100;
    public static final Duration MIN_IN = Duration.ofMinutes(1);
    public static final Duration MAX_IN = Duration.ofDays(7);
  }

  private static <E extends Enum<E>> Set<E> sorted(Class<E> type, Set<E> all) {
    EnumSet<E> sorted = EnumSet.noneOf(type);
    sorted.addAll(all);
    return Collections.unmodifiableSet(sorted);
  }
}
