package parallax.bench.checks;

import java.util.List;

/**
 * What a round cost.
 *
 * @param millis of CPU for a check, user and system, of all threads
 * @param rate checks a second
 * @param failed of them
 */
record Cost(double millis, double rate, long failed) {
  static Cost of(long cpuNanos, long nanos, int count, long failed) {
    return new Cost(cpuNanos / 1e6 / count, count * 1e9 / nanos, failed);
  }

  /** The middle of the rounds, by CPU. */
  static Cost median(List<Cost> rounds) {
    return rounds.stream()
        .sorted((a, b) -> Double.compare(a.millis(), b.millis()))
        .toList()
        .get(rounds.size() / 2);
  }
}
