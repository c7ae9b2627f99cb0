package parallax.bench.compare.year;

/**
 * Trouble that users of a target have. Times are milliseconds of virtual time.
 *
 * @param probes the set of those that see it
 * @param share of their attempts that fail
 * @param sticky whether a partial event is one of places, not of attempts
 */
public record TrueEvent(
    int target, Kind kind, long from, long until, int probes, double share, boolean sticky) {
  /** Whom the trouble hits. */
  public enum Kind {
    GLOBAL,
    PARTIAL,
    REGIONAL
  }

  public long length() {
    return until - from;
  }
}
