package parallax.bench.compare.year;

/**
 * Trouble on our own side, with all targets. Times are milliseconds of virtual time.
 *
 * @param probes the set of those that are hit
 * @param share of their attempts that fail
 */
public record OwnFault(Kind kind, int probes, long from, long until, double share) {
  /** What is broken. */
  public enum Kind {
    /** A probe fails all it tries. */
    PROBE,
    /** A probe fails some of what it tries. */
    PROBE_SOMETIMES,
    /** Neither results nor signs of life come from a probe. */
    PROBE_SILENT,
    REGION,
    NETWORK
  }

  public long length() {
    return until - from;
  }
}
