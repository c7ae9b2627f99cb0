package parallax.probe.bgp.bmp;

import parallax.probe.net.IpAddress;

/**
 * What a router's peers are told apart by (RFC 7854 section 4.2). Not by their number: gobgpd says
 * 0 when a session ends.
 *
 * @param type {@link #GLOBAL} to {@link #LOC_RIB}, or one that is not known
 * @param distinguisher the route distinguisher as it came, 0 without one
 * @param address 0.0.0.0 with {@link #LOC_RIB}
 */
public record PeerKey(int type, long distinguisher, IpAddress address) {
  public static final int GLOBAL = 0;

  /** In a routing instance with a route distinguisher. */
  public static final int DISTINGUISHED = 1;

  /** In a routing instance whose distinguisher means something to the router alone. */
  public static final int LOCAL = 2;

  /** The router's own table (RFC 9069). */
  public static final int LOC_RIB = 3;

  private static final int TWO_BYTE_AS = 0;
  private static final int ADDRESS = 1;
  private static final int FOUR_BYTE_AS = 2;

  /**
   * The name of the peer at its router: its address, after the distinguisher where there is one:
   * {@code 192.0.2.1}, {@code 64500:7 192.0.2.1}, {@code loc-rib}.
   */
  @Override
  public String toString() {
    String name = type == LOC_RIB ? "loc-rib" : address.toString();
    return switch (type) {
      case GLOBAL -> name;
      case LOCAL -> "local " + Long.toHexString(distinguisher) + " " + name;
      default -> distinguisher == 0 ? name : distinguisherText() + " " + name;
    };
  }

  /** RFC 4364 section 4.2. */
  private String distinguisherText() {
    int kind = (int) (distinguisher >>> 48);
    long high = (distinguisher >>> 16) & 0xffff_ffffL;
    long low = distinguisher & 0xffff;
    return switch (kind) {
      case TWO_BYTE_AS -> (high >>> 16) + ":" + (distinguisher & 0xffff_ffffL);
      case ADDRESS -> IpAddress.ipv4((int) high) + ":" + low;
      case FOUR_BYTE_AS -> high + ":" + low;
      default -> Long.toHexString(distinguisher);
    };
  }
}
