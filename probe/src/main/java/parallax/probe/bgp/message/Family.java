package parallax.probe.bgp.message;

import java.util.Optional;

/** The families of routes that are read: unicast (RFC 4760 section 6). */
public enum Family {
  IPV4(1),
  IPV6(2);

  /** The subsequent family identifier of unicast. */
  public static final int UNICAST = 1;

  private final int afi;

  Family(int afi) {
    this.afi = afi;
  }

  /** The address family identifier. */
  public int afi() {
    return afi;
  }

  /** The family of these identifiers; empty for all that are skipped. */
  public static Optional<Family> of(int afi, int safi) {
    if (safi != UNICAST) {
      return Optional.empty();
    }
    return switch (afi) {
      case 1 -> Optional.of(IPV4);
      case 2 -> Optional.of(IPV6);
      default -> Optional.empty();
    };
  }
}
