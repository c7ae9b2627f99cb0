package parallax.probe;

/** Bounds how many reports of one kind are made in a second. */
final class OverloadReports {
  private static final long SECOND = 1_000_000_000L;

  private final int maxPerSecond;
  private long second = Long.MIN_VALUE;
  private int reported;

  OverloadReports(int maxPerSecond) {
    this.maxPerSecond = maxPerSecond;
  }

  /** Whether another report may be made at {@code nanos} of a monotonic clock. */
  synchronized boolean mayReport(long nanos) {
    long now = Math.floorDiv(nanos, SECOND);
    if (now != second) {
      second = now;
      reported = 0;
    }
    return reported++ < maxPerSecond;
  }
}
