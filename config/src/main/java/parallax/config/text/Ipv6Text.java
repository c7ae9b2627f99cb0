package parallax.config.text;

import java.net.InetAddress;

/** The bits and the canonical form of addresses. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  /** RFC 5952 section 4: no leading zeros, the longest run of zero groups as {@code ::}. */
  static String format(byte[] address) {
    int[] groups = new int[GROUPS];
    for (int index = 0; index < GROUPS; index++) {
      groups[index] = ((address[2 * index] & 0xff) << 8) | (address[2 * index + 1] & 0xff);
    }
    int runStart = -1;
    int runLength = 1;
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - start > runLength) {
        runStart = start;
        runLength = end - start;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < GROUPS; index++) {
      if (index == runStart) {
        text.append("::");
        index += runLength - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[index]));
      }
    }
    return text.toString();
  }

  /** Whether all bits of an address literal after the first {@code length} are zero. */
  static boolean hasNoBitsAfter(String literal, int length) {
    byte[] address = InetAddress.ofLiteral(literal).getAddress();
    for (int bit = length; bit < address.length * 8; bit++) {
      if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }
}
