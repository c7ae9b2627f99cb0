package parallax.probe.service.socket;

import java.nio.ByteBuffer;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Unfit;

/**
 * A frame (RFC 6455 section 5.2).
 *
 * @param last of its message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(boolean last, Kind kind, byte[] payload) {
  /** The length of a mask, in bytes. */
  public static final int MASK = 4;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MAX_CONTROL = 125;
  private static final int NORMAL = 1_000;
  private static final int NO_STATUS = 1_005;

  /** What it is for. */
  public enum Kind {
    MORE(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private final int opcode;

    Kind(int opcode) {
      this.opcode = opcode;
    }

    boolean isControl() {
      return opcode >= CLOSE.opcode;
    }

    private static Kind of(int opcode) throws Unfit {
      for (Kind kind : values()) {
        if (kind.opcode == opcode) {
          return kind;
        }
      }
      throw broken("a frame of the unknown kind " + opcode);
    }
  }

  static Unfit broken(String what) {
    return new Unfit(Reason.SERVICE_GARBAGE, what);
  }

  /**
   * Reads one of a server.
   *
   * @param most bytes that it may hold
   */
  public static <X extends Exception> Frame read(Source<X> source, int most) throws X, Unfit {
    byte[] head = source.take(2);
    Kind kind = Kind.of(head[0] & OPCODE);
    boolean last = (head[0] & FIN) != 0;
    if ((head[0] & RESERVED) != 0) {
      throw broken("a frame of an extension that was not asked for");
    }
    if ((head[1] & MASKED) != 0) {
      throw broken("a masked frame from the server");
    }
    int told = head[1] & LENGTH;
    if (kind.isControl() && (!last || told > MAX_CONTROL)) {
      throw broken("a control frame that is too long, or in parts");
    }
    long length =
        switch (told) {
          case TWO_BYTES -> ByteBuffer.wrap(source.take(Short.BYTES)).getShort() & 0xffff;
          case EIGHT_BYTES -> ByteBuffer.wrap(source.take(Long.BYTES)).getLong();
          default -> told;
        };
    if (length < 0 || length > most) {
      throw tooLong(most);
    }
    return new Frame(last, kind, source.take((int) length));
  }

  static Unfit tooLong(int most) {
    return new Unfit(Reason.SERVICE_TOO_LONG, "a message of more than " + most + " bytes");
  }

  /** A whole message. */
  public static Frame message(Kind kind, byte[] payload) {
    return new Frame(true, kind, payload);
  }

  /** What a ping is answered with. */
  public Frame pong() {
    return message(Kind.PONG, payload);
  }

  /** That nothing more will come, and nothing was wrong (RFC 6455 section 7.4.1). */
  public static Frame goodbye() {
    return message(Kind.CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) NORMAL).array());
  }

  /** The status of a close; 1005 where it has none. */
  public int status() {
    return payload.length < Short.BYTES ? NO_STATUS : ByteBuffer.wrap(payload).getShort() & 0xffff;
  }

  /**
   * As a client sends it (RFC 6455 section 5.3).
   *
   * @param mask {@link #MASK} random bytes
   */
  public byte[] masked(byte[] mask) {
    ByteBuffer out = ByteBuffer.allocate(2 + Long.BYTES + MASK + payload.length);
    out.put((byte) (FIN | kind.opcode));
    if (payload.length < TWO_BYTES) {
      out.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      out.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    } else {
      out.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
    }
    out.put(mask);
    for (int at = 0; at < payload.length; at++) {
      out.put((byte) (payload[at] ^ mask[at % MASK]));
    }
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }
}
