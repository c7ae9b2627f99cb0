package parallax.probe.dns.walk;

import java.time.Duration;

/**
 * The bounds of one walk, those of the look-ups of servers' addresses included: what a hierarchy
 * built to keep us or others busy (NXNSAttack) can cost at most.
 *
 * @param depth of steps from the root, and of nested look-ups together
 * @param queries in all
 * @param time in all
 * @param perServer how long one server is waited for
 * @param rootServers how many servers of the root are asked, half of them over IPv6 where the
 *     machine has it. All of them serve one zone that is not in question; the zones below it are
 *     asked in full
 */
public record WalkLimits(
    int depth, int queries, Duration time, Duration perServer, int rootServers) {
  public static final WalkLimits USUAL =
      new WalkLimits(12, 60, Duration.ofSeconds(10), Duration.ofMillis(2_500), 4);

  public WalkLimits {
    boolean positive = depth > 0 && queries > 0 && rootServers > 0;
    if (!positive || !time.isPositive() || !perServer.isPositive()) {
      throw new IllegalArgumentException("a bound that lets nothing through");
    }
  }
}
