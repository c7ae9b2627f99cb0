package parallax.bench.compare.run;

import java.time.Duration;
import parallax.config.check.CheckKind;

/**
 * One check that was made. Probes, targets and listeners are given by their index.
 *
 * @param started milliseconds of virtual time
 * @param asker the listener that asked for it, or {@link #SCHEDULED}
 */
public record Look(int probe, int target, CheckKind check, long started, Answer answer, int asker) {
  /** Nobody asked: the schedule did. All listeners get the result. */
  public static final int SCHEDULED = -1;

  /** How long a check takes that gets an answer. */
  public static final Duration QUICK = Duration.ofMillis(200);

  /** How long a check takes that gets none. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** From the end of a check to the arrival of its result, and from a question to its check. */
  public static final long TRAVEL_MILLIS = 100;

  private static final long QUICK_MILLIS = QUICK.toMillis();
  private static final long TIMEOUT_MILLIS = TIMEOUT.toMillis();

  public boolean isAsked() {
    return asker != SCHEDULED;
  }

  public Duration duration() {
    return answer.timedOut() ? TIMEOUT : QUICK;
  }

  /** When the result arrives, in milliseconds of virtual time. */
  public long arrives() {
    return started + (answer.timedOut() ? TIMEOUT_MILLIS : QUICK_MILLIS) + TRAVEL_MILLIS;
  }
}
