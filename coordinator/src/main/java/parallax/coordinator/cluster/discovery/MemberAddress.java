package parallax.coordinator.cluster.discovery;

import java.net.InetAddress;

/**
 * Where a member listens for the other members: an address of its own, never a name, never all of
 * them.
 *
 * @param port from 1 to 65535
 */
public record MemberAddress(InetAddress address, int port) {
  /** What stands for no port, in texts that may leave it out. */
  static final int MAX_PORT = 65_535;

  public MemberAddress {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /**
   * Reads {@code 10.0.0.1:5701} or {@code [fd00::1]:5701}.
   *
   * @throws IllegalArgumentException with words for people
   */
  public static MemberAddress parse(String text) {
    HostPort place = HostPort.parse(text);
    try {
      return new MemberAddress(InetAddress.ofLiteral(place.host()), place.port());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a member listens on an address of its own, not a name: " + text, e);
    }
  }

  /** The address alone, as it is written without a port. */
  public String host() {
    return address.getHostAddress();
  }

  @Override
  public String toString() {
    return new HostPort(host(), port).toString();
  }
}
