package parallax.probe.bgp.rislive.message;

import java.util.Optional;
import parallax.probe.net.Cidr;
import parallax.probe.net.IpAddress;

/**
 * Addresses and prefixes out of text: four plain decimal numbers, or IPv6 in any form of RFC 4291
 * section 2.2, for the service writes them uncompressed as well. Never a name, no zone.
 */
final class AddressReader {
  private static final int IPV4_BITS = 32;
  private static final int IPV4_PARTS = 4;
  private static final int GROUPS = 8;
  private static final int MAX_GROUP_DIGITS = 4;
  private static final int MAX_DECIMAL_DIGITS = 3;
  private static final int MAX_TEXT = 49;
  private static final int NONE = -1;
  private static final long LINK_LOCAL = 0xfe80L;
  private static final long LINK_LOCAL_MASK = 0xffc0L;

  private final String text;
  private final int end;
  private final int[] groups = new int[GROUPS];
  private int at;

  private AddressReader(String text, int end) {
    this.text = text;
    this.end = end;
  }

  static Optional<IpAddress> address(String text) {
    return text.length() > MAX_TEXT
        ? Optional.empty()
        : new AddressReader(text, text.length()).read();
  }

  /** What is set after the prefix is cleared, for routers send it (RFC 4271 section 4.3). */
  static Optional<Cidr> prefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    Optional<IpAddress> address = new AddressReader(text, slash).read();
    if (address.isEmpty()) {
      return Optional.empty();
    }
    IpAddress network = address.get();
    AddressReader rest = new AddressReader(text, text.length());
    rest.at = slash + 1;
    int length = rest.decimal();
    int most = network.ipv6() ? GROUPS * Short.SIZE : IPV4_BITS;
    return length == NONE || rest.at != rest.end || length > most
        ? Optional.empty()
        : Optional.of(Cidr.masked(network.ipv6(), network.high(), network.low(), length));
  }

  /** Whether it means nothing off its link (RFC 4291 section 2.5.6). */
  static boolean linkLocal(IpAddress address) {
    return address.ipv6()
        && (address.high() >>> (Long.SIZE - Short.SIZE) & LINK_LOCAL_MASK) == LINK_LOCAL;
  }

  private Optional<IpAddress> read() {
    int colon = text.indexOf(':');
    if (colon >= 0 && colon < end) {
      return ipv6();
    }
    long bits = ipv4();
    return bits < 0 || at != end ? Optional.empty() : Optional.of(IpAddress.ipv4((int) bits));
  }

  /** Four decimal numbers; -1 when there are none. */
  private long ipv4() {
    long bits = 0;
    for (int part = 0; part < IPV4_PARTS; part++) {
      if (part > 0 && !taken('.')) {
        return NONE;
      }
      int number = decimal();
      if (number == NONE || number > 0xff) {
        return NONE;
      }
      bits = bits << Byte.SIZE | number;
    }
    return bits;
  }

  private Optional<IpAddress> ipv6() {
    int count = 0;
    int gap = NONE;
    boolean more = at < end;
    if (text.startsWith("::", at)) {
      at += 2;
      gap = 0;
      more = at < end;
    }
    while (more && count < GROUPS) {
      int taken = group(count);
      if (taken == 0) {
        return Optional.empty();
      }
      count += taken;
      more = false;
      if (gap == NONE && text.startsWith("::", at)) {
        at += 2;
        gap = count;
        more = at < end;
      } else if (at < end && taken == 1) {
        more = taken(':');
      }
    }
    boolean whole = at == end && (gap == NONE ? count == GROUPS : count < GROUPS);
    return whole ? Optional.of(joined(count, gap)) : Optional.empty();
  }

  /** How many groups came: 1, or 2 that are written as an IPv4 address; 0 when none did. */
  private int group(int count) {
    int from = at;
    int value = 0;
    int digit = digit();
    while (digit != NONE && at - from < MAX_GROUP_DIGITS) {
      value = value << 4 | digit;
      at++;
      digit = digit();
    }
    if (at > from && at < end && text.charAt(at) == '.' && count <= GROUPS - 2) {
      at = from;
      long bits = ipv4();
      groups[count] = (int) (bits >>> Short.SIZE);
      groups[count + 1] = (int) bits & 0xffff;
      return bits < 0 ? 0 : 2;
    }
    groups[count] = value;
    return at > from ? 1 : 0;
  }

  private int digit() {
    // No other script's digits are ones here.
    return at < end && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : NONE;
  }

  private IpAddress joined(int count, int gap) {
    long high = 0;
    long low = 0;
    for (int index = 0; index < GROUPS; index++) {
      int missing = GROUPS - count;
      boolean inGap = gap != NONE && index >= gap && index < gap + missing;
      int group = inGap ? 0 : groups[gap != NONE && index >= gap ? index - missing : index];
      if (index < GROUPS / 2) {
        high = high << Short.SIZE | group;
      } else {
        low = low << Short.SIZE | group;
      }
    }
    return new IpAddress(true, high, low);
  }

  private boolean taken(char wanted) {
    boolean there = at < end && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  /** A decimal number without leading zeros; -1 when there is none. */
  private int decimal() {
    int from = at;
    int value = 0;
    while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = value * 10 + text.charAt(at) - '0';
      at++;
      if (at - from > MAX_DECIMAL_DIGITS) {
        return NONE;
      }
    }
    boolean leadingZero = at - from > 1 && text.charAt(from) == '0';
    return at == from || leadingZero ? NONE : value;
  }
}
