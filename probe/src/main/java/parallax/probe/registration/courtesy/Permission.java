package parallax.probe.registration.courtesy;

import java.time.Instant;

/** Whether something may be asked now. */
public sealed interface Permission {
  /**
   * It may; the question counts as asked.
   *
   * @param after the state from now on
   */
  record Granted(Courtesy after) implements Permission {}

  /**
   * Not before {@code until}.
   *
   * @param why in words
   */
  record Postponed(Instant until, String why) implements Permission {}
}
