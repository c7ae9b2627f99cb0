package parallax.probe.blackbox.look;

import java.util.Optional;

/**
 * A target as it is written: {@code host:port}, {@code [2001:db8::1]:port} or a host alone.
 *
 * @param host IPv6 without brackets
 */
public record HostPort(String host, Optional<Integer> port) {
  private static final int MAX_PORT = 65_535;

  /** Both of them; empty when there is no port, or none that is a number. */
  public static Optional<HostPort> withPort(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    String port = text.substring(colon + 1);
    boolean number = port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= MAX_PORT;
    if (!number || bare.isEmpty() || (!bracketed && bare.indexOf(':') >= 0)) {
      return Optional.empty();
    }
    return Optional.of(new HostPort(bare, Optional.of(Integer.parseInt(port))));
  }

  /** Both of them, or the host alone. */
  public static HostPort of(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    return withPort(text)
        .orElseGet(
            () ->
                new HostPort(
                    bracketed ? text.substring(1, text.length() - 1) : text, Optional.empty()));
  }
}
