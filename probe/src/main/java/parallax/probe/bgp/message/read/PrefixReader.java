package parallax.probe.bgp.message.read;

import java.util.ArrayList;
import java.util.List;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.Route;
import parallax.probe.net.Cidr;

/**
 * Prefixes as updates carry them: bits, then as many bytes as these need (RFC 4271 section 4.3, RFC
 * 7911 section 3).
 */
public final class PrefixReader {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /** Of most prefixes: a length, and three bytes of a /24. */
  private static final int USUAL_BYTES = 4;

  private PrefixReader() {}

  /**
   * All prefixes of a field; a field that cannot be split into prefixes ends the session, for
   * nobody knows what was meant (RFC 7606 section 5.3).
   */
  static List<Route> read(Cursor cursor, Family family, boolean paths, Report report) {
    if (cursor.left() == 0) {
      return List.of();
    }
    List<Route> routes = new ArrayList<>(cursor.left() / USUAL_BYTES + 1);
    while (cursor.left() > 0) {
      int start = cursor.offset();
      if (!cursor.has(paths ? Integer.BYTES + 1 : 1)) {
        report.reset(Report.INVALID_NETWORK, "a prefix is cut off", start);
        return List.of();
      }
      long pathId = paths ? cursor.u32() : 0;
      int bits = cursor.u8();
      String wrong = wrong(cursor, family, bits);
      if (!wrong.isEmpty()) {
        report.reset(Report.INVALID_NETWORK, wrong, start);
        return List.of();
      }
      routes.add(new Route(prefix(cursor, family, bits), pathId));
    }
    return routes;
  }

  /** What is wrong with a prefix whose length has just been read; empty when nothing is. */
  public static String wrong(Cursor cursor, Family family, int bits) {
    if (bits > (family == Family.IPV6 ? IPV6_BITS : IPV4_BITS)) {
      return "a prefix of " + bits + " bits";
    }
    return cursor.has(bytes(bits)) ? "" : "a prefix is cut off";
  }

  /** The prefix of so many bits, after {@link #wrong} found nothing. */
  public static Cidr prefix(Cursor cursor, Family family, int bits) {
    int bytes = bytes(bits);
    long high = cursor.word(Math.min(bytes, Long.BYTES));
    long low = bytes > Long.BYTES ? cursor.word(bytes - Long.BYTES) : 0;
    return Cidr.masked(family == Family.IPV6, high, low, bits);
  }

  private static int bytes(int bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }
}
