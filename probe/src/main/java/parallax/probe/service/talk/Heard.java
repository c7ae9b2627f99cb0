package parallax.probe.service.talk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parallax.config.observation.Reason;

/** The bytes of a service that no step has taken yet, read from their start. */
public final class Heard {
  /** No answer is longer. */
  public static final int MAX_ANSWER = 64 * 1024;

  /** No line of an answer is longer, its end included. */
  public static final int MAX_LINE = 8 * 1024;

  private final byte[] bytes;
  private int at;

  public Heard(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many were taken. */
  public int taken() {
    return at;
  }

  public int left() {
    return bytes.length - at;
  }

  /** The next line, without its end, as ISO 8859-1 has it. */
  public String line() throws NotYet, Unfit {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end - at >= MAX_LINE) {
      throw tooLong("a line of more than " + MAX_LINE + " bytes");
    }
    if (end == bytes.length) {
      throw new NotYet();
    }
    int length = end > at && bytes[end - 1] == '\r' ? end - 1 - at : end - at;
    String line = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    at = end + 1;
    return line;
  }

  /**
   * The next bytes.
   *
   * @param count as the service said, which may be anything
   */
  public byte[] take(long count) throws NotYet, Unfit {
    if (count < 0 || count > MAX_ANSWER) {
      throw tooLong("a message of " + Long.toUnsignedString(count) + " bytes");
    }
    if (left() < count) {
      throw new NotYet();
    }
    byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) count);
    at += taken.length;
    return taken;
  }

  /** One byte, 0 to 255. */
  public int octet() throws NotYet, Unfit {
    return take(1)[0] & 0xff;
  }

  /** A whole number of two bytes, the high one first. */
  public int uint16() throws NotYet, Unfit {
    return ByteBuffer.wrap(take(Short.BYTES)).getShort() & 0xffff;
  }

  /** A whole number of four bytes, the high one first. */
  public long uint32() throws NotYet, Unfit {
    return ByteBuffer.wrap(take(Integer.BYTES)).getInt() & 0xffff_ffffL;
  }

  /** Everything that there is. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  /** Everything that there is, taken or not later: one byte is one character of ISO 8859-1. */
  public byte[] waiting() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  /** That there must be more than what is waiting. */
  public NotYet more() {
    return new NotYet();
  }

  private static Unfit tooLong(String what) {
    return new Unfit(Reason.SERVICE_TOO_LONG, what);
  }
}
