package parallax.coordinator.replay;

import java.util.List;
import java.util.Optional;

/**
 * Many replays in one line.
 *
 * @param openedAfter from onset to opening; empty when no expected incident was raised
 * @param checksAskedShare checks that were asked for, as a share of those by schedule
 */
public record Summary(
    long passed,
    long total,
    long pages,
    Optional<OpenedAfter> openedAfter,
    double checksAskedShare) {
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.95;

  /** Percentiles by nearest rank. */
  public record OpenedAfter(long p50Ms, long p95Ms) {}

  /**
   * The summary of these replays.
   *
   * @param invalid files that could not be replayed: they count, and did not pass
   */
  public static Summary of(List<Replayed> replays, long invalid) {
    List<Long> opened =
        replays.stream()
            .flatMap(replayed -> replayed.judgement().openedAfterMs().stream())
            .sorted()
            .toList();
    long scheduled = replays.stream().mapToLong(one -> one.recording().checksScheduled()).sum();
    long asked = replays.stream().mapToLong(one -> one.recording().checksAsked()).sum();
    return new Summary(
        replays.stream().filter(replayed -> replayed.judgement().passed()).count(),
        replays.size() + invalid,
        replays.stream().mapToLong(replayed -> replayed.recording().pages()).sum(),
        opened.isEmpty()
            ? Optional.empty()
            : Optional.of(new OpenedAfter(percentile(opened, MEDIAN), percentile(opened, MOST))),
        scheduled == 0 ? 0 : (double) asked / scheduled);
  }

  private static long percentile(List<Long> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
