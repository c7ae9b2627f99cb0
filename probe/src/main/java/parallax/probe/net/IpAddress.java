package parallax.probe.net;

import java.util.Locale;

/**
 * An address as plain numbers, cheap to have by the million.
 *
 * @param ipv6 the family
 * @param high the first 64 bits; of an IPv4 address the first 32 of them
 * @param low the last 64 bits of an IPv6 address, else 0
 */
public record IpAddress(boolean ipv6, long high, long low) {
  private static final int GROUPS = 8;
  private static final int HEX = 16;
  private static final long MAPPED_PREFIX = 0xffffL;
  private static final int LONGEST_TEXT = 39;

  /** Of an IPv4 address as the number that its four bytes make. */
  public static IpAddress ipv4(int bits) {
    return new IpAddress(false, (long) bits << Integer.SIZE, 0);
  }

  /** In the shortest form (RFC 5952 sections 4 and 5): {@code 192.0.2.1}, {@code 2001:db8::1}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(LONGEST_TEXT);
    if (ipv6) {
      appendIpv6(text);
    } else {
      appendIpv4(text, (int) (high >>> Integer.SIZE));
    }
    return text.toString();
  }

  private static void appendIpv4(StringBuilder text, int bits) {
    for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
      text.append((bits >>> shift) & 0xff).append(shift == 0 ? "" : ".");
    }
  }

  private void appendIpv6(StringBuilder text) {
    if (high == 0 && low >>> Integer.SIZE == MAPPED_PREFIX) {
      text.append("::ffff:");
      appendIpv4(text, (int) low);
      return;
    }
    int from = longestRunOfZeros();
    int until = from;
    while (until < GROUPS && from >= 0 && group(until) == 0) {
      until++;
    }
    for (int at = 0; at < GROUPS; at++) {
      if (at == from) {
        text.append("::");
        at = until - 1;
      } else {
        text.append(at == 0 || at == until ? "" : ":");
        text.append(Integer.toString(group(at), HEX).toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Where the first of the longest runs of at least two starts; -1 when there is none. */
  private int longestRunOfZeros() {
    int best = -1;
    int bestLength = 1;
    int length = 0;
    for (int at = 0; at < GROUPS; at++) {
      length = group(at) == 0 ? length + 1 : 0;
      if (length > bestLength) {
        bestLength = length;
        best = at - length + 1;
      }
    }
    return best;
  }

  private int group(int index) {
    long word = index < GROUPS / 2 ? high : low;
    int shift = (GROUPS / 2 - 1 - index % (GROUPS / 2)) * Short.SIZE;
    return (int) (word >>> shift) & 0xffff;
  }
}
