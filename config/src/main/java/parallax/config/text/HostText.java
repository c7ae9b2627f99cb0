package parallax.config.text;

import java.net.IDN;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and addresses of hosts. */
public final class HostText {
  /** The longest name without the root's dot (RFC 1035 section 2.3.4). */
  public static final int MAX_NAME = 253;

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-f:.]{2,45}");
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

  private HostText() {}

  /**
   * The host written as {@code text}: an IPv4 address, an IPv6 address in brackets, or a name.
   * Names come back in lower case, as A-labels (RFC 5891) and without the root's dot.
   */
  public static Optional<String> parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return ipv6(text.substring(1, text.length() - 1));
    }
    return isIpv4(text) ? Optional.of(text) : name(text);
  }

  /** The name of a host, as {@link #parse} gives it; never an address. */
  public static Optional<String> name(String text) {
    return domain(text).filter(name -> !ENDS_IN_NUMBER.matcher(name).matches());
  }

  /** A domain name as DNS knows them; labels may be numbers, so no address is told from it. */
  public static Optional<String> domain(String text) {
    if (text.isEmpty() || text.length() > MAX_NAME + 1) {
      return Optional.empty();
    }
    String relative = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      String ascii = IDN.toASCII(relative, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return ascii.length() <= MAX_NAME && NAME.matcher(ascii).matches()
          ? Optional.of(ascii)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  /** The IPv6 address written as {@code text}, in the form of RFC 5952, without scope. */
  public static Optional<String> ipv6(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.indexOf(':') < 0 || !IPV6_CHARACTERS.matcher(lower).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Inet6Address.ofLiteral(lower) instanceof Inet6Address address
              ? Ipv6Text.format(address.getAddress())
              : lower);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a host that {@link #parse} gave is an address. */
  public static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || isIpv4(host);
  }

  /** Whether {@code text} is a network such as {@code 192.0.2.0/24} without host bits. */
  public static boolean isPrefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      return false;
    }
    String network = text.substring(0, slash);
    int length = Integer.parseInt(text.substring(slash + 1));
    if (isIpv4(network)) {
      return length <= 32 && Ipv6Text.hasNoBitsAfter(network, length);
    }
    return ipv6(network).isPresent() && length <= 128 && Ipv6Text.hasNoBitsAfter(network, length);
  }
}
