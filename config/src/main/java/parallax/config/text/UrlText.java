package parallax.config.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL with a host (RFC 3986), taken apart.
 *
 * @param scheme in lower case
 * @param host in lower case, internationalised names as A-labels (RFC 5891), IPv6 without brackets
 * @param tail path and query, percent-encoded; may be empty
 */
public record UrlText(String scheme, String host, OptionalInt port, String tail) {
  /** The longest URL, in UTF-16 code units. */
  public static final int MAX_LENGTH = 2_048;

  private static final Pattern PARTS =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(#.*)?$", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("^(\\[[^\\]]*]|[^:\\[\\]]*)(?::([0-9]{0,6}))?$");
  private static final String NEVER_RAW = " \"<>\\^`{|}";

  /** A URL taken apart, or why it is none; the reason never repeats the URL. */
  public sealed interface Parsed {
    record Good(UrlText url) implements Parsed {}

    record Bad(String why) implements Parsed {}
  }

  public static Parsed parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return new Parsed.Bad("a URL has at most " + MAX_LENGTH + " characters");
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      return new Parsed.Bad("a URL starts with its scheme, as in https://example.com/");
    }
    String authority = parts.group(2);
    if (authority.indexOf('@') >= 0) {
      return new Parsed.Bad(
          "a URL can't hold a user or a password; write them under 'http: auth: basic:'");
    }
    if (parts.group(4) != null) {
      return new Parsed.Bad("a fragment (#…) is never sent; leave it out");
    }
    Matcher address = AUTHORITY.matcher(authority);
    if (!address.matches()) {
      return new Parsed.Bad("the part after :// is not host or host:port");
    }
    Optional<String> host = HostText.parse(address.group(1));
    if (host.isEmpty()) {
      return new Parsed.Bad(
          authority.isEmpty()
              ? "the host is missing after ://"
              : "the host is neither a name nor an address (IPv6 stands in brackets)");
    }
    return port(address.group(2))
        .<Parsed>map(port -> withTail(parts.group(1), host.get(), port, parts.group(3)))
        .orElse(new Parsed.Bad("a port is a number from 1 to 65535"));
  }

  private static Optional<OptionalInt> port(String digits) {
    if (digits == null) {
      return Optional.of(OptionalInt.empty());
    }
    int port = digits.isEmpty() ? 0 : Integer.parseInt(digits);
    return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(OptionalInt.of(port));
  }

  private static Parsed withTail(String scheme, String host, OptionalInt port, String tail) {
    for (int index = 0; index < tail.length(); index++) {
      char character = tail.charAt(index);
      if (character < ' ' || character == 0x7f || NEVER_RAW.indexOf(character) >= 0) {
        return new Parsed.Bad(
            String.format(
                "character U+%04X must be written %%%02X", (int) character, (int) character));
      }
    }
    UrlText url = new UrlText(scheme.toLowerCase(Locale.ROOT), host, port, percentEncoded(tail));
    try {
      URI uri = new URI("http://host" + (url.tail().isEmpty() ? "/" : url.tail()));
      return uri.isAbsolute() ? new Parsed.Good(url) : new Parsed.Bad("not a URL");
    } catch (URISyntaxException e) {
      return new Parsed.Bad("the path or query is not that of a URL: " + e.getReason());
    }
  }

  private static String percentEncoded(String tail) {
    StringBuilder out = new StringBuilder(tail.length());
    for (byte octet : tail.getBytes(StandardCharsets.UTF_8)) {
      if (octet >= 0) {
        out.append((char) octet);
      } else {
        out.append(String.format("%%%02X", octet & 0xff));
      }
    }
    return out.toString();
  }

  /** Whether the host is an address, not a name. */
  public boolean hasAddress() {
    return HostText.isAddress(host);
  }

  @Override
  public String toString() {
    String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return scheme + "://" + written + (port.isPresent() ? ":" + port.getAsInt() : "") + tail;
  }
}
