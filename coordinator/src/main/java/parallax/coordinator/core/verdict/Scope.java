package parallax.coordinator.core.verdict;

import parallax.config.policy.Route.Extent;

/** For whom a target is not as it should be. */
public enum Scope {
  /** For everybody. */
  GLOBAL,
  /** For those in the named regions. */
  REGIONAL,
  /** For those in one network. */
  NETWORK,
  /** For a fraction of requests or places that fits no region or network. */
  PARTIAL,
  /** For one probe, whose own trouble it is. */
  PROBE_LOCAL,
  /** For the only vantage there is: what a single probe can honestly say. */
  UNCONFIRMED;

  /** The same as users write it. */
  public Extent extent() {
    return switch (this) {
      case GLOBAL -> Extent.GLOBAL;
      case REGIONAL -> Extent.REGIONAL;
      case NETWORK -> Extent.NETWORK;
      case PARTIAL -> Extent.PARTIAL;
      case PROBE_LOCAL -> Extent.PROBE_LOCAL;
      case UNCONFIRMED -> Extent.UNCONFIRMED;
    };
  }
}
