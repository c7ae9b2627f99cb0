package parallax.coordinator.clock;

import java.time.Duration;
import java.util.List;

/** What the clocks of several say about the time that one of them keeps. Pure. */
final class ClockVote {
  /** Clocks that differ by no more agree. */
  static final Duration NEAR = Duration.ofSeconds(1);

  private ClockVote() {}

  /**
   * By how much the time that is kept is to be put forward, so that it is what most clocks show.
   * Zero when no more than half of them agree with each other: then nobody knows better.
   *
   * @param ahead how far each clock is ahead of that time, the own one included
   */
  static Duration correction(List<Duration> ahead) {
    if (ahead.isEmpty()) {
      return Duration.ZERO;
    }
    List<Duration> sorted = ahead.stream().sorted().toList();
    Duration low = sorted.get((sorted.size() - 1) / 2);
    Duration high = sorted.get(sorted.size() / 2);
    Duration middle = low.abs().compareTo(high.abs()) <= 0 ? low : high;
    long agreeing = sorted.stream().filter(each -> near(each, middle)).count();
    return 2 * agreeing > sorted.size() ? middle : Duration.ZERO;
  }

  static boolean near(Duration one, Duration other) {
    return one.minus(other).abs().compareTo(NEAR) < 0;
  }
}
