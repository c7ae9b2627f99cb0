package parallax.probe.icmp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.config.observation.seen.ReachSeen.RoundTrips;

/** Sums up replies. */
final class RoundTripTimes {
  private RoundTripTimes() {}

  /**
   * What so many requests saw.
   *
   * @param replies in the order in which they came
   */
  static EchoesSeen seen(int sent, List<Duration> replies) {
    if (replies.isEmpty()) {
      return new EchoesSeen(sent, 0, Optional.empty());
    }
    List<Long> nanos = replies.stream().map(Duration::toNanos).toList();
    long sum = 0;
    long differences = 0;
    for (int index = 0; index < nanos.size(); index++) {
      sum += nanos.get(index);
      differences += index == 0 ? 0 : Math.abs(nanos.get(index) - nanos.get(index - 1));
    }
    long neighbours = Math.max(1, nanos.size() - 1L);
    return new EchoesSeen(
        sent,
        replies.size(),
        Optional.of(
            new RoundTrips(
                Duration.ofNanos(nanos.stream().mapToLong(Long::longValue).min().orElse(0)),
                Duration.ofNanos(sum / nanos.size()),
                Duration.ofNanos(nanos.stream().mapToLong(Long::longValue).max().orElse(0)),
                Duration.ofNanos(differences / neighbours))));
  }
}
