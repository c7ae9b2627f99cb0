package parallax.coordinator.core.unit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Looks that were asked for at once, and who has not answered yet.
 *
 * @param number from 1
 * @param deadline when no more answers are waited for
 * @param awaited slots of probes
 */
record Round(int number, Instant asked, Instant deadline, int[] awaited) {
  /** Nobody was asked. */
  static final Round NONE = new Round(0, Instant.MIN, Instant.MIN, new int[0]);

  static Round of(int number, Instant asked, Instant deadline, List<Integer> slots) {
    return new Round(
        number, asked, deadline, slots.stream().mapToInt(Integer::intValue).toArray());
  }

  /** After a probe answered with a look that started at or after the question. */
  Round answered(int slot, long started) {
    if (awaited.length == 0 || started < asked.toEpochMilli()) {
      return this;
    }
    int[] left = Arrays.stream(awaited).filter(other -> other != slot).toArray();
    return left.length == awaited.length ? this : new Round(number, asked, deadline, left);
  }

  boolean isOver(Instant now) {
    return awaited.length == 0 || !now.isBefore(deadline);
  }
}
