package parallax.probe.ntp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.probe.net.AddressText;

/**
 * The answer of a time server (RFC 5905 section 7.3).
 *
 * @param leap 0 to 3; 3: it has no time
 * @param stratum 0: a kiss-o'-death, or not synchronised; 16 and more: not synchronised
 * @param reference four bytes: a code in ASCII, or an address
 * @param received when the request came there, as a timestamp of NTP
 * @param sent when the answer left
 */
record NtpAnswer(
    int leap,
    int stratum,
    Duration rootDelay,
    Duration rootDispersion,
    int reference,
    long received,
    long sent) {
  static final int LENGTH = 48;

  /** From 1900 to 1970, in seconds (RFC 5905 section 6). */
  private static final long TO_UNIX = 2_208_988_800L;

  private static final int NO_TIME = 3;
  private static final int UNSYNCHRONISED = 16;
  private static final int MODE_CLIENT = 3;
  private static final int MODE_SERVER = 4;
  private static final int VERSION = 4;
  private static final long SECOND = 1_000_000_000L;
  private static final int ORIGIN_AT = 24;

  /**
   * A question. All but its first byte and the cookie is zero: a server learns no more of a client
   * than it needs (RFC 5905 section 7.3, in the manner of RFC 4330 section 5).
   *
   * @param cookie in place of our time; the answer repeats it
   */
  static byte[] question(long cookie) {
    return ByteBuffer.allocate(LENGTH)
        .put(0, (byte) (VERSION << 3 | MODE_CLIENT))
        .putLong(40, cookie)
        .array();
  }

  /** Whether these bytes can be the answer to the question with this cookie. */
  static boolean answers(byte[] bytes, long cookie) {
    return bytes.length >= LENGTH
        && (bytes[0] & 7) == MODE_SERVER
        && ByteBuffer.wrap(bytes).getLong(ORIGIN_AT) == cookie;
  }

  /** Of at least {@link #LENGTH} bytes. */
  static NtpAnswer parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new NtpAnswer(
        (bytes[0] >> 6) & 3,
        bytes[1] & 0xff,
        shortTime(in.getInt(4)),
        shortTime(in.getInt(8)),
        in.getInt(12),
        in.getLong(32),
        in.getLong(40));
  }

  /** Seconds with 16 bits after the point. */
  private static Duration shortTime(int bits) {
    return Duration.ofNanos((Integer.toUnsignedLong(bits) * SECOND) >> Short.SIZE);
  }

  /** A timestamp of NTP, of whatever era. */
  static long timestamp(Instant instant) {
    long fraction = ((long) instant.getNano() << Integer.SIZE) / SECOND;
    return (instant.getEpochSecond() + TO_UNIX) << Integer.SIZE | fraction;
  }

  /** From {@code before} to {@code after}, which are less than 68 years apart. */
  private static Duration between(long before, long after) {
    long difference = after - before;
    long fraction = difference & 0xffff_ffffL;
    return Duration.ofSeconds(difference >> Integer.SIZE, (fraction * SECOND) >>> Integer.SIZE);
  }

  /** How far the server's clock is ahead of ours (RFC 5905 section 8). */
  Duration offset(Instant asked, Instant heard) {
    return between(timestamp(asked), received).plus(between(timestamp(heard), sent)).dividedBy(2);
  }

  /** The way there and back, without the time that the server took; never negative. */
  Duration roundTrip(Instant asked, Instant heard) {
    Duration whole = Duration.between(asked, heard).minus(between(received, sent));
    return whole.isNegative() ? Duration.ZERO : whole;
  }

  Duration rootDistance() {
    return rootDelay.dividedBy(2).plus(rootDispersion);
  }

  boolean hasNoTime() {
    return leap == NO_TIME || stratum >= UNSYNCHRONISED || stratum == 0 || sent == 0;
  }

  /**
   * What the server says instead of the time (RFC 5905 section 7.4); empty also for codes that only
   * say that it is not synchronised yet.
   */
  Optional<String> kiss() {
    if (stratum != 0) {
      return Optional.empty();
    }
    String code = code();
    boolean starting = code.isEmpty() || code.equals("INIT") || code.equals("STEP");
    return starting || !code.chars().allMatch(c -> c >= 'A' && c <= 'Z')
        ? Optional.empty()
        : Optional.of(code);
  }

  /** The second that is to be put in or left out at the end of the day, or month. */
  Optional<String> leapWords() {
    return switch (leap) {
      case 1 -> Optional.of("a leap second is announced");
      case 2 -> Optional.of("a second less is announced");
      case NO_TIME -> Optional.of("no time");
      default -> Optional.empty();
    };
  }

  private byte[] bytes() {
    return ByteBuffer.allocate(Integer.BYTES).putInt(reference).array();
  }

  private String code() {
    return new String(bytes(), StandardCharsets.US_ASCII).replace("\0", "");
  }

  /** Of stratum 1 a code, of others an address or the start of a digest. */
  String referenceWords() {
    if (stratum <= 1) {
      return code();
    }
    try {
      return AddressText.of(InetAddress.getByAddress(bytes()));
    } catch (UnknownHostException never) {
      throw new IllegalStateException("of a wrong length", never);
    }
  }
}
