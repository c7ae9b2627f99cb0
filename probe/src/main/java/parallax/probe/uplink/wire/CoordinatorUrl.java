package parallax.probe.uplink.wire;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import parallax.probe.net.Cidr;

/**
 * Where a coordinator listens.
 *
 * @param host a name or an address, without brackets
 * @param path with {@link #PATH} at its end
 */
public record CoordinatorUrl(boolean tls, String host, int port, String path) {
  /** Where a coordinator takes streams of this version. */
  public static final String PATH = "/uplink/v1";

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /**
   * Reads {@code wss://host:port}; {@code https} is taken for {@code wss}.
   *
   * @param plaintext whether {@code ws} may lead elsewhere than to this machine
   * @throws IllegalArgumentException when it cannot be used, with a message for people
   */
  public static CoordinatorUrl parse(String written, boolean plaintext) {
    URI uri = uri(written);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("wss") || scheme.equals("https");
    if (!tls && !scheme.equals("ws") && !scheme.equals("http")) {
      throw new IllegalArgumentException("write wss://host:port, not " + written);
    }
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("write wss://host:port, and no more: " + written);
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    if (!tls && !plaintext && !isLoopback(host)) {
      throw new IllegalArgumentException(
          written + " would send the token in the clear: write wss://, or --plaintext");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no such port: " + written);
    }
    String path = String.valueOf(uri.getRawPath()).replaceAll("/+$", "");
    return new CoordinatorUrl(tls, host, port, path.endsWith(PATH) ? path : path + PATH);
  }

  private static URI uri(String written) {
    try {
      return new URI(written);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + written, e);
    }
  }

  private static boolean isLoopback(String host) {
    Optional<InetAddress> literal = Cidr.literal(host);
    return literal.isPresent()
        ? literal.get().isLoopbackAddress()
        : host.equalsIgnoreCase("localhost");
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (tls ? "wss://" : "ws://") + shown + ":" + port + path;
  }
}
