package parallax.coordinator.cluster.discovery;

/**
 * A host by name or address, and a port.
 *
 * @param host an IPv6 address without brackets
 */
public record HostPort(String host, int port) {
  /** {@code host:port}, or {@code [v6]:port}; throws with words for people. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("must be HOST:PORT, such as 10.0.0.1:5701: " + text);
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 address stands in brackets: " + text);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port < 1 || port > MemberAddress.MAX_PORT) {
        throw new IllegalArgumentException("not a port: " + text);
      }
      return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a port: " + text, e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
