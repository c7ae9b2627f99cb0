package parallax.probe.bgp.route;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.RandomAccess;
import parallax.probe.net.IpAddress;

/**
 * Communities as they came, each made text when it is asked for. Immutable, and equal to any list
 * of the same texts.
 */
public final class Communities extends AbstractList<String> implements RandomAccess {
  public static final Communities NONE =
      new Communities(new byte[0], new byte[0], new byte[0], new byte[0]);

  private static final int PLAIN_BYTES = 4;
  private static final int EXTENDED_BYTES = 8;
  private static final int EXTENDED_IPV6_BYTES = 20;
  private static final int LARGE_BYTES = 12;

  /** High bytes of the type: what the rest is, and whether it may leave the system (RFC 4360). */
  private static final int NOT_TRANSITIVE = 0x40;

  private static final int TWO_BYTE_AS = 0x00;
  private static final int ADDRESS = 0x01;
  private static final int FOUR_BYTE_AS = 0x02;
  private static final int ROUTE_TARGET = 2;
  private static final int ROUTE_ORIGIN = 3;

  private final byte[] plain;
  private final byte[] extended;
  private final byte[] extendedIpv6;
  private final byte[] large;

  private Communities(byte[] plain, byte[] extended, byte[] extendedIpv6, byte[] large) {
    this.plain = plain;
    this.extended = extended;
    this.extendedIpv6 = extendedIpv6;
    this.large = large;
  }

  /**
   * Of the values of the attributes COMMUNITIES, EXTENDED COMMUNITIES, IPv6 ADDRESS SPECIFIC
   * EXTENDED COMMUNITY and LARGE_COMMUNITY.
   *
   * @throws IllegalArgumentException when one is no multiple of its size
   */
  public static Communities of(byte[] plain, byte[] extended, byte[] extendedIpv6, byte[] large) {
    boolean whole =
        plain.length % PLAIN_BYTES == 0
            && extended.length % EXTENDED_BYTES == 0
            && extendedIpv6.length % EXTENDED_IPV6_BYTES == 0
            && large.length % LARGE_BYTES == 0;
    if (!whole) {
      throw new IllegalArgumentException("a community is cut off");
    }
    return new Communities(own(plain), own(extended), own(extendedIpv6), own(large));
  }

  private static byte[] own(byte[] bytes) {
    return bytes.length == 0 ? bytes : bytes.clone();
  }

  /** How many of them are plain ones; they come first. */
  public int plainOnes() {
    return plain.length / PLAIN_BYTES;
  }

  @Override
  public int size() {
    return plainOnes()
        + extended.length / EXTENDED_BYTES
        + extendedIpv6.length / EXTENDED_IPV6_BYTES
        + large.length / LARGE_BYTES;
  }

  @Override
  public String get(int index) {
    int left = Objects.checkIndex(index, size());
    if (left < plainOnes()) {
      int at = left * PLAIN_BYTES;
      return u16(plain, at) + ":" + u16(plain, at + Short.BYTES);
    }
    left -= plainOnes();
    if (left < extended.length / EXTENDED_BYTES) {
      return extended(left * EXTENDED_BYTES);
    }
    left -= extended.length / EXTENDED_BYTES;
    if (left < extendedIpv6.length / EXTENDED_IPV6_BYTES) {
      return extendedIpv6(left * EXTENDED_IPV6_BYTES);
    }
    int at = (left - extendedIpv6.length / EXTENDED_IPV6_BYTES) * LARGE_BYTES;
    return u32(large, at) + ":" + u32(large, at + 4) + ":" + u32(large, at + 8);
  }

  private String extended(int at) {
    String name = name(extended[at], extended[at + 1]);
    int second = at + Short.BYTES;
    return switch (extended[at] & ~NOT_TRANSITIVE) {
      case TWO_BYTE_AS -> name + ":" + u16(extended, second) + ":" + u32(extended, at + 4);
      case ADDRESS ->
          name + ":" + IpAddress.ipv4(i32(extended, second)) + ":" + u16(extended, at + 6);
      case FOUR_BYTE_AS -> name + ":" + u32(extended, second) + ":" + u16(extended, at + 6);
      default -> hex(extended, at, EXTENDED_BYTES);
    };
  }

  private String extendedIpv6(int at) {
    int second = at + Short.BYTES;
    IpAddress address =
        new IpAddress(true, i64(extendedIpv6, second), i64(extendedIpv6, second + Long.BYTES));
    String name = name(extendedIpv6[at], extendedIpv6[at + 1]);
    return name + ":[" + address + "]:" + u16(extendedIpv6, at + 18);
  }

  private static String name(byte type, byte subtype) {
    boolean leaves = (type & NOT_TRANSITIVE) == 0;
    if (leaves && subtype == ROUTE_TARGET) {
      return "rt";
    }
    return leaves && subtype == ROUTE_ORIGIN
        ? "ro"
        : "0x" + HexFormat.of().toHexDigits(type) + HexFormat.of().toHexDigits(subtype);
  }

  private static String hex(byte[] bytes, int at, int length) {
    return "0x" + HexFormat.of().formatHex(bytes, at, at + length);
  }

  private static int u16(byte[] bytes, int at) {
    return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at));
  }

  private static int i32(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  private static long u32(byte[] bytes, int at) {
    return Integer.toUnsignedLong(i32(bytes, at));
  }

  private static long i64(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getLong(at);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Communities same
        ? Arrays.equals(plain, same.plain)
            && Arrays.equals(extended, same.extended)
            && Arrays.equals(extendedIpv6, same.extendedIpv6)
            && Arrays.equals(large, same.large)
        : super.equals(other);
  }

  /** That of a list of the same texts. */
  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
