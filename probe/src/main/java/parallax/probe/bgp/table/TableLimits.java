package parallax.probe.bgp.table;

import java.time.Duration;

/**
 * How much a table takes in. What is over is refused and counted, never a reason to fail.
 *
 * @param prefixes of each family
 * @param peers sessions, of all sources together
 * @param paths different ones
 * @param pathsOfOne routes that one peer may have to one prefix (RFC 7911)
 * @param refresh how long after a session came up its table may still be on the way, where the peer
 *     does not say that it is complete
 * @param gone how long a peer may be down before what it had is forgotten
 */
public record TableLimits(
    int prefixes, int peers, int paths, int pathsOfOne, Duration refresh, Duration gone) {
  /** Four times the Internet of 2026, and every peer of RIS and RouteViews. */
  public static final TableLimits DEFAULT =
      new TableLimits(4_000_000, 4_096, 32_000_000, 64, Duration.ofMinutes(10), Duration.ofDays(1));

  public TableLimits {
    if (prefixes < 1 || peers < 1 || paths < 1 || pathsOfOne < 1) {
      throw new IllegalArgumentException("a bound below 1");
    }
    if (refresh.isNegative() || gone.isNegative()) {
      throw new IllegalArgumentException("a duration below 0");
    }
  }
}
