package parallax.probe.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A block of addresses, {@code 10.0.0.0/8} or {@code fc00::/7} (RFC 4632, RFC 4291 section 2.3).
 *
 * @param ipv6 the family
 * @param high the first 64 bits of the network; of an IPv4 network the first 32 of them
 * @param low the last 64 bits of an IPv6 network, else 0
 * @param prefixLength 0 to 32, or 128 for IPv6
 */
public record Cidr(boolean ipv6, long high, long low, int prefixLength) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  public Cidr {
    if (prefixLength < 0 || prefixLength > (ipv6 ? IPV6_BITS : IPV4_BITS)) {
      throw new IllegalArgumentException("not a prefix length: " + prefixLength);
    }
    if ((high & ~highMask(prefixLength)) != 0 || (low & ~lowMask(prefixLength)) != 0) {
      throw new IllegalArgumentException("host bits are set");
    }
  }

  /**
   * Reads one block. Strict: four plain decimal numbers or an RFC 4291 address, a decimal prefix
   * length, no host bits. An address alone is a block of one.
   *
   * @throws IllegalArgumentException naming the text and what is wrong with it
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes =
        addressBytes(address)
            .orElseThrow(
                () -> new IllegalArgumentException("not an address block: \"" + text + "\""));
    int bits = bytes.length * Byte.SIZE;
    int length = slash < 0 ? bits : prefixLength(text, text.substring(slash + 1), bits);
    boolean ipv6 = bits == IPV6_BITS;
    long high = high(bytes);
    long low = low(bytes);
    if ((high & ~highMask(length)) != 0 || (low & ~lowMask(length)) != 0) {
      throw new IllegalArgumentException(
          "not an address block: \"" + text + "\" has bits set after the prefix");
    }
    return new Cidr(ipv6, high, low, length);
  }

  /** The block of this length that {@code address} lies in. */
  public static Cidr around(InetAddress address, int prefixLength) {
    byte[] bytes = address.getAddress();
    boolean ipv6 = bytes.length * Byte.SIZE == IPV6_BITS;
    return new Cidr(
        ipv6,
        high(bytes) & highMask(prefixLength),
        low(bytes) & lowMask(prefixLength),
        prefixLength);
  }

  /**
   * The block of which these are the first bits. What is set after the prefix is cleared, for
   * routers send it (RFC 4271 section 4.3).
   *
   * @throws IllegalArgumentException when the family has no such prefix length
   */
  public static Cidr masked(boolean ipv6, long high, long low, int prefixLength) {
    if (prefixLength < 0 || prefixLength > (ipv6 ? IPV6_BITS : IPV4_BITS)) {
      throw new IllegalArgumentException("not a prefix length: " + prefixLength);
    }
    return new Cidr(ipv6, high & highMask(prefixLength), low & lowMask(prefixLength), prefixLength);
  }

  /**
   * The address written as {@code text}: four plain decimal numbers, or IPv6 as RFC 4291 section
   * 2.2 writes it, without brackets and zone. Nothing else, and never a name: {@code 127.1}, {@code
   * 0177.0.0.1} and {@code 2130706433} are not addresses.
   */
  public static Optional<InetAddress> literal(String text) {
    boolean isIpv6 = text.indexOf(':') >= 0 && text.length() <= 45 && isIpv6Text(text);
    if (!isIpv6 && !isDottedQuad(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether {@code address} lies in this block. The families never meet. */
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  boolean contains(byte[] address) {
    return (address.length * Byte.SIZE == IPV6_BITS) == ipv6
        && (high(address) & highMask(prefixLength)) == high
        && (low(address) & lowMask(prefixLength)) == low;
  }

  /** As {@link #parse} reads it: {@code 10.0.0.0/8}, {@code 2001:db8::/32}. */
  @Override
  public String toString() {
    return new IpAddress(ipv6, high, low) + "/" + prefixLength;
  }

  private static Optional<byte[]> addressBytes(String text) {
    // Java turns an IPv4-mapped literal into an IPv4 address; a block of them stays IPv6.
    boolean ipv6 = text.indexOf(':') >= 0;
    return literal(text)
        .map(
            address ->
                ipv6 && address instanceof Inet4Address
                    ? mapped(address.getAddress())
                    : address.getAddress());
  }

  private static byte[] mapped(byte[] ipv4) {
    return ByteBuffer.allocate(IPV6_BITS / Byte.SIZE).put(MAPPED).put(ipv4).array();
  }

  private static int prefixLength(String whole, String text, int bits) {
    boolean digits =
        !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || (text.length() > 1 && text.charAt(0) == '0') || Integer.parseInt(text) > bits) {
      throw new IllegalArgumentException(
          "not an address block: \"" + whole + "\" needs a prefix length from 0 to " + bits);
    }
    return Integer.parseInt(text);
  }

  private static boolean isIpv6Text(String text) {
    return text.chars()
        .allMatch(c -> c == ':' || c == '.' || (Character.digit(c, 16) >= 0 && c < 128));
  }

  private static boolean isDottedQuad(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean plain =
          !part.isEmpty()
              && part.length() <= 3
              && part.chars().allMatch(c -> c >= '0' && c <= '9')
              && (part.length() == 1 || part.charAt(0) != '0')
              && Integer.parseInt(part) <= 255;
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static long high(byte[] bytes) {
    return bytes.length == Integer.BYTES
        ? (long) ByteBuffer.wrap(bytes).getInt() << Integer.SIZE
        : ByteBuffer.wrap(bytes).getLong();
  }

  private static long low(byte[] bytes) {
    return bytes.length == Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong(Long.BYTES);
  }

  private static long highMask(int length) {
    return length == 0 ? 0 : -1L << (Long.SIZE - Math.min(length, Long.SIZE));
  }

  private static long lowMask(int length) {
    return length <= Long.SIZE ? 0 : -1L << (IPV6_BITS - length);
  }
}
