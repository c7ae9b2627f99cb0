package parallax.probe.bgp.table;

import java.time.Instant;
import parallax.probe.bgp.route.Peer;

/**
 * How it is with one peer.
 *
 * @param up whether its session is up, as far as was told
 * @param since of the session, or of its end
 * @param ipv4 prefixes that it has
 * @param ipv6 prefixes that it has
 * @param announced routes, in this session
 * @param withdrawn routes, in this session
 */
public record PeerStanding(
    Peer peer,
    boolean up,
    Instant since,
    Health health,
    int ipv4,
    int ipv6,
    long announced,
    long withdrawn) {
  /** Whether what a peer says can be believed. */
  public enum Health {
    SOUND,
    /**
     * Its table was to come, and what came are withdrawals alone. A BMP station of FRR without soft
     * reconfiguration tells every announcement as a withdrawal.
     */
    ONLY_WITHDRAWS,
    /** Most of what it says withdraws what it never announced. */
    WITHDRAWS_UNKNOWN
  }

  /** Prefixes of one family that it has. */
  public int prefixes(boolean family6) {
    return family6 ? ipv6 : ipv4;
  }
}
