package parallax.coordinator.core.unit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Looks that were asked for at once, and who has not answered yet.
 *
 * @param number from 1
 * @param deadline when no more answers are waited for
 * @param awaited slots of probes
 * @param wasSettled whether it was judged when all had answered who answer promptly
 */
record Round(
    int number, Instant asked, Instant deadline, List<Integer> awaited, boolean wasSettled) {
  /** Answers that come at all come within this time, unless it is a timeout. */
  private static final Duration PROMPT = Duration.ofSeconds(2);

  /** Nobody was asked. */
  static final Round NONE = new Round(0, Instant.MIN, Instant.MIN, List.of(), true);

  /** Those who are asked now. */
  static Round of(int number, Instant asked, Instant deadline, List<Integer> awaited) {
    return new Round(number, asked, deadline, List.copyOf(awaited), false);
  }

  /** After a probe answered with a look that started at or after the question. */
  Round answered(int slot, long started) {
    if (!awaited.contains(slot) || started < asked.toEpochMilli()) {
      return this;
    }
    List<Integer> left = awaited.stream().filter(other -> other != slot).toList();
    return new Round(number, asked, deadline, left, wasSettled);
  }

  /** After it was judged: nobody needs to look at it again only because time has passed. */
  Round judged(Instant now) {
    return wasSettled || !isSettled(now) ? this : new Round(number, asked, deadline, awaited, true);
  }

  /** When it is to be judged again at the latest, though no more answers come. */
  Instant due() {
    Instant prompt = wasSettled ? deadline : asked.plus(PROMPT);
    return prompt.isBefore(deadline) ? prompt : deadline;
  }

  /**
   * Whether whoever has not answered is likely to have run into a timeout: the first answers alone
   * would be a biased sample.
   */
  boolean isSettled(Instant now) {
    return awaited.isEmpty() || !now.isBefore(asked.plus(PROMPT));
  }

  boolean isOver(Instant now) {
    return awaited.isEmpty() || !now.isBefore(deadline);
  }
}
