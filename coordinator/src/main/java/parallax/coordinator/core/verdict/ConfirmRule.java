package parallax.coordinator.core.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.evidence.Evidence;

/**
 * When to look again at once, instead of waiting for the next round: whenever a change needs more
 * looks to be confirmed. A look that fails fast is followed by one more; one that took longer than
 * the pause (a timeout) by two, which then run at the same time where a probe can do that; where it
 * cannot, the look that is still lacking is asked for when the one before it failed.
 */
public final class ConfirmRule {
  /** The shortest pause before another look. */
  public static final Duration MIN_PAUSE = Duration.ofMillis(200);

  /** The longest pause before another look. */
  public static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  /** The pause is this part of the interval of checks. */
  private static final int PART_OF_INTERVAL = 6;

  private ConfirmRule() {}

  /**
   * More looks that are wanted.
   *
   * @param after how long from now, one for each look
   * @param quietUntil nothing more is asked before this, whoever sees what: an outage that many
   *     probes see costs no more than one that one probe sees
   */
  public record Request(List<Duration> after, Instant quietUntil) {
    public Request {
      after = List.copyOf(after);
    }
  }

  /**
   * What to ask for after {@code look} led to {@code course}.
   *
   * @param interval of the target's checks
   * @param quietUntil of the last request for this kind of check
   */
  public static Optional<Request> request(
      Course course, Evidence look, Duration interval, Instant quietUntil, Instant now) {
    int lacking = course.lacking();
    if (lacking == 0 || now.isBefore(quietUntil)) {
      return Optional.empty();
    }
    Duration pause = pause(interval);
    // The answer comes after the whole pause; half of it leaves room for clocks that disagree.
    Instant quiet = now.plus(pause.dividedBy(2));
    boolean slow = look.observation().duration().compareTo(pause) > 0;
    return Optional.of(
        lacking > 1 && slow
            ? new Request(List.of(pause, pause.multipliedBy(2)), quiet)
            : new Request(List.of(pause), quiet));
  }

  /** A sixth of the interval, from {@link #MIN_PAUSE} to {@link #MAX_PAUSE}. */
  public static Duration pause(Duration interval) {
    Duration part = interval.dividedBy(PART_OF_INTERVAL);
    if (part.compareTo(MIN_PAUSE) < 0) {
      return MIN_PAUSE;
    }
    return part.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : part;
  }
}
