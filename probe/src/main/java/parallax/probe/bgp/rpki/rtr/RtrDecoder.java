package parallax.probe.bgp.rpki.rtr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.rpki.Vrp;
import parallax.probe.net.Cidr;

/**
 * Bytes to messages, in whatever pieces they come. Takes no more than {@link #MAX_LENGTH} bytes
 * before it has a whole one; after a fault it takes nothing more.
 */
public final class RtrDecoder {
  /** Longer ones are a fault: the longest that RFC 8210 needs carries an error and its cause. */
  public static final int MAX_LENGTH = 64 * 1024;

  public static final int MAX_VERSION = 2;

  private static final int HEADER = 8;
  private static final int FIRST_CAPACITY = 4 * 1024;
  private static final int MAX_ERROR_TEXT = 200;

  /** Codes of errors (RFC 8210 section 12). */
  static final int CORRUPT = 0;

  static final int NO_DATA = 2;
  static final int UNSUPPORTED_VERSION = 4;
  static final int UNSUPPORTED_TYPE = 5;

  private byte[] waiting = new byte[FIRST_CAPACITY];
  private int held;
  private Optional<Fault> fault = Optional.empty();

  /** A message as it came. */
  public record Frame(int version, RtrPdu pdu) {}

  /**
   * Why the bytes cannot be read on.
   *
   * @param code of the error to report (RFC 8210 section 12)
   */
  public record Fault(int code, String reason) {}

  /** The messages that are whole with the first {@code count} of these bytes. */
  public List<Frame> take(byte[] bytes, int count) {
    List<Frame> frames = new ArrayList<>();
    int taken = 0;
    while (taken < count && fault.isEmpty()) {
      int room = Math.min(waiting.length - held, count - taken);
      System.arraycopy(bytes, taken, waiting, held, room);
      held += room;
      taken += room;
      whole(frames);
    }
    return frames;
  }

  /** Why it stopped, when it did. */
  public Optional<Fault> fault() {
    return fault;
  }

  private void whole(List<Frame> frames) {
    int at = 0;
    while (fault.isEmpty() && held - at >= HEADER) {
      ByteBuffer buffer = ByteBuffer.wrap(waiting, at, held - at).slice();
      long length = Integer.toUnsignedLong(buffer.getInt(4));
      if (length < HEADER || length > MAX_LENGTH) {
        stop(CORRUPT, "a length of " + length);
      } else if (Byte.toUnsignedInt(buffer.get(0)) > MAX_VERSION) {
        stop(UNSUPPORTED_VERSION, "version " + Byte.toUnsignedInt(buffer.get(0)));
      } else if (length > buffer.remaining()) {
        moveTo(at, (int) length);
        return;
      } else {
        read(buffer.limit((int) length)).ifPresent(frames::add);
        at += (int) length;
      }
    }
    moveTo(at, HEADER);
  }

  /** Keeps what is left from {@code at} on, with room for a message of {@code length}. */
  private void moveTo(int at, int length) {
    byte[] into = length > waiting.length ? new byte[length] : waiting;
    System.arraycopy(waiting, at, into, 0, held - at);
    held -= at;
    waiting = into;
  }

  private void stop(int code, String reason) {
    fault = Optional.of(new Fault(code, reason));
  }

  private Optional<Frame> read(ByteBuffer buffer) {
    int version = Byte.toUnsignedInt(buffer.get(0));
    int type = Byte.toUnsignedInt(buffer.get(1));
    int field = Short.toUnsignedInt(buffer.getShort(2));
    int length = buffer.limit();
    boolean fits =
        switch (type) {
          case 0, 1 -> length == 12;
          case 2, 3, 8 -> length == HEADER;
          case 4 -> length == 20;
          case 6 -> length == 32;
          case 7 -> length == (version == 0 ? 12 : 24);
          case 10 -> length >= 16;
          case 9, 11 -> true;
          default -> false;
        };
    if (!fits) {
      boolean known = type <= 11 && type != 5;
      stop(known ? CORRUPT : UNSUPPORTED_TYPE, "type " + type + " with " + length + " bytes");
      return Optional.empty();
    }
    Optional<RtrPdu> pdu =
        switch (type) {
          case 0 -> Optional.of(new RtrPdu.SerialNotify(field, unsigned(buffer, 8)));
          case 1 -> Optional.of(new RtrPdu.SerialQuery(field, unsigned(buffer, 8)));
          case 2 -> Optional.of(new RtrPdu.ResetQuery());
          case 3 -> Optional.of(new RtrPdu.CacheResponse(field));
          case 4, 6 -> payload(buffer, type == 6);
          case 7 -> Optional.of(endOfData(buffer, field));
          case 8 -> Optional.of(new RtrPdu.CacheReset());
          case 10 -> Optional.of(new RtrPdu.ErrorReport(field, errorText(buffer)));
          default -> Optional.of(new RtrPdu.Other(type));
        };
    return pdu.map(one -> new Frame(version, one));
  }

  private Optional<RtrPdu> payload(ByteBuffer buffer, boolean ipv6) {
    int prefixLength = Byte.toUnsignedInt(buffer.get(9));
    int maxLength = Byte.toUnsignedInt(buffer.get(10));
    if (maxLength < prefixLength || maxLength > (ipv6 ? 128 : 32)) {
      stop(CORRUPT, "a prefix of /" + prefixLength + " up to /" + maxLength);
      return Optional.empty();
    }
    long high = ipv6 ? buffer.getLong(12) : unsigned(buffer, 12) << Integer.SIZE;
    long low = ipv6 ? buffer.getLong(20) : 0;
    try {
      Cidr prefix = new Cidr(ipv6, high, low, prefixLength);
      Vrp vrp = Vrp.of(prefix, maxLength, unsigned(buffer, ipv6 ? 28 : 16));
      return Optional.of(new RtrPdu.Payload((buffer.get(8) & 1) == 1, vrp));
    } catch (IllegalArgumentException hostBits) {
      stop(CORRUPT, "a prefix with bits set after /" + prefixLength);
      return Optional.empty();
    }
  }

  private static RtrPdu endOfData(ByteBuffer buffer, int session) {
    Optional<Timing> timing =
        buffer.limit() == 12
            ? Optional.empty()
            : Optional.of(
                Timing.ofSeconds(unsigned(buffer, 12), unsigned(buffer, 16), unsigned(buffer, 20)));
    return new RtrPdu.EndOfData(session, unsigned(buffer, 8), timing);
  }

  /** After the message that was wrong, with its length, comes a text with its length (5.11). */
  private static String errorText(ByteBuffer buffer) {
    long textAt = HEADER + 4 + unsigned(buffer, HEADER);
    if (textAt + 4 > buffer.limit()) {
      return "";
    }
    long length = unsigned(buffer, (int) textAt);
    long end = Math.min(textAt + 4 + Math.min(length, MAX_ERROR_TEXT), buffer.limit());
    byte[] text = new byte[(int) (end - textAt - 4)];
    buffer.get((int) textAt + 4, text);
    return printable(new String(text, StandardCharsets.UTF_8));
  }

  private static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static long unsigned(ByteBuffer buffer, int at) {
    return Integer.toUnsignedLong(buffer.getInt(at));
  }

  /** The bytes of a question (5.3, 5.4). */
  public static byte[] bytes(int version, RtrPdu.SerialQuery query) {
    return ByteBuffer.allocate(12)
        .put((byte) version)
        .put((byte) query.type())
        .putShort((short) query.session())
        .putInt(12)
        .putInt((int) query.serial())
        .array();
  }

  /** The bytes of a question for everything. */
  public static byte[] bytes(int version, RtrPdu.ResetQuery query) {
    return new byte[] {(byte) version, (byte) query.type(), 0, 0, 0, 0, 0, HEADER};
  }
}
