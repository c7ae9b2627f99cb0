package parallax.probe.dns.zone;

import java.time.Duration;
import java.util.List;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.walk.RootHints;
import parallax.probe.dns.walk.WalkLimits;
import parallax.probe.dns.walk.WalkSettings;

/**
 * The name system that is looked at: the one of the internet, or one of a laboratory.
 *
 * @param anchors of the root; none: signatures are not judged
 * @param port of every server
 */
public record NameSystem(RootHints roots, TrustAnchors anchors, int port) {
  private static final int MAX_PORT = 65_535;

  /** No anchor at all. */
  public static final TrustAnchors NO_ANCHORS = new TrustAnchors(List.of(), List.of());

  public NameSystem {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** That of the internet, as it was when this was shipped. */
  public static NameSystem ofInternet() {
    return new NameSystem(RootHints.shipped(), TrustAnchors.ofRoot(), WalkSettings.DNS_PORT);
  }

  /** How long one server is waited for. */
  static Duration patience() {
    return WalkLimits.USUAL.perServer();
  }
}
