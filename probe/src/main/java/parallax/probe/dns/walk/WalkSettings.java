package parallax.probe.dns.walk;

import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;

/**
 * What the walks of one probe have in common.
 *
 * @param port of every name server; glue carries none. 53 but in laboratories
 * @param policy asked before anything is sent to an address
 * @param health which families of addresses have a route; the others are not tested
 */
public record WalkSettings(
    RootHints roots, int port, WalkLimits limits, NetworkPolicy policy, SelfHealth health) {
  /** Where name servers listen. */
  public static final int DNS_PORT = 53;

  private static final int MAX_PORT = 65_535;

  public WalkSettings {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }
}
