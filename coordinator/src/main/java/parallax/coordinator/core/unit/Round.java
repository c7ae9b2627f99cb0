package parallax.coordinator.core.unit;

import java.time.Instant;
import java.util.List;

/**
 * Looks that were asked for at once, and who has not answered yet.
 *
 * @param number from 1
 * @param deadline when no more answers are waited for
 * @param awaited slots of probes
 */
record Round(int number, Instant asked, Instant deadline, List<Integer> awaited) {
  /** Nobody was asked. */
  static final Round NONE = new Round(0, Instant.MIN, Instant.MIN, List.of());

  /** After a probe answered with a look that started at or after the question. */
  Round answered(int slot, long started) {
    if (!awaited.contains(slot) || started < asked.toEpochMilli()) {
      return this;
    }
    List<Integer> left = awaited.stream().filter(other -> other != slot).toList();
    return new Round(number, asked, deadline, left);
  }

  boolean isOver(Instant now) {
    return awaited.isEmpty() || !now.isBefore(deadline);
  }
}
