package parallax.probe.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.ServerAddress;

/**
 * An http or https URL, taken apart (RFC 9110 section 4.2).
 *
 * @param secure https
 * @param host name in lower case, or address literal, IPv6 without brackets
 * @param target path and query, starting with a slash
 */
public record HttpUrl(boolean secure, String host, int port, String target) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int MAX_PORT = 65_535;
  private static final String UNWISE = " \"<>\\^`{|}";

  /** The URL, unless it is of another scheme, or holds user info, a zone or no proper host. */
  public static Optional<HttpUrl> of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String authority = uri.getRawAuthority();
    boolean secure = scheme.equals("https");
    if ((!secure && !scheme.equals("http")) || authority == null || authority.contains("@")) {
      return Optional.empty();
    }
    int colon = authority.indexOf(':', authority.indexOf(']') + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String port = colon < 0 ? "" : authority.substring(colon + 1);
    Optional<Integer> number = port(port, secure ? HTTPS : HTTP);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (number.isEmpty() || bare.isEmpty() || !isHost(bare, bracketed)) {
      return Optional.empty();
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return Optional.of(
        new HttpUrl(secure, bare.toLowerCase(Locale.ROOT), number.get(), ascii(path + query)));
  }

  /**
   * Where a Location header leads from here (RFC 9110 section 10.2.2). Characters that do not
   * belong into a URL are encoded, as browsers do.
   */
  public Optional<URI> locate(String location) {
    String clean = ascii(location.strip());
    try {
      URI reference = new URI(clean);
      // The JDK resolves by RFC 2396, which drops the last part of the path before a lone query.
      boolean queryOnly = clean.startsWith("?") || clean.isEmpty();
      URI located =
          queryOnly
              ? new URI(origin() + target.replaceFirst("\\?.*", "") + clean)
              : new URI(toString()).resolve(reference);
      return Optional.of(located);
    } catch (URISyntaxException notReference) {
      return Optional.empty();
    }
  }

  public ServerAddress server() {
    return new ServerAddress(host, port);
  }

  /** Scheme, host and port (RFC 6454). */
  public String origin() {
    return (secure ? "https://" : "http://") + authority();
  }

  /** For the Host header: the port only when it is not the scheme's own. */
  public String authority() {
    String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? HTTPS : HTTP) ? written : written + ":" + port;
  }

  @Override
  public String toString() {
    return origin() + target;
  }

  private static Optional<Integer> port(String text, int standard) {
    if (text.isEmpty()) {
      return Optional.of(standard);
    }
    boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : 0;
    return port >= 1 && port <= MAX_PORT ? Optional.of(port) : Optional.empty();
  }

  private static boolean isHost(String text, boolean bracketed) {
    return text.chars()
        .allMatch(
            c ->
                bracketed
                    ? c == ':' || c == '.' || Character.digit(c, 16) >= 0
                    : c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0));
  }

  /**
   * Percent-encodes what may not stand in a URL; a header's characters are bytes (RFC 9110 5.5).
   */
  private static String ascii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c > 0xFF) {
        for (byte part : String.valueOf(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
          out.append(String.format("%%%02X", part));
        }
      } else if (c <= 0x20 || c >= 0x7F || UNWISE.indexOf(c) >= 0) {
        out.append(String.format("%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
