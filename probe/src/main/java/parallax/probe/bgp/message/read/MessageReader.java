package parallax.probe.bgp.message.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.KeepAlive;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.RouteRefresh;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Decoded.Broken;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.Fault.SessionReset;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.MessageType;
import parallax.probe.bgp.message.TableEntry;

/**
 * Reads messages. Whatever the bytes are, the result is a value: nothing is thrown, and no more is
 * allocated than a small multiple of the bytes.
 */
public final class MessageReader {
  private static final int HEADER_ERROR = 1;
  private static final int NOT_SYNCHRONISED = 1;
  private static final int BAD_LENGTH = 2;
  private static final int BAD_TYPE = 3;
  private static final int REFRESH_ERROR = 7;

  private static final int CEASE = 6;
  private static final int SHUTDOWN = 2;
  private static final int RESET = 4;
  private static final int REFRESH_BYTES = 4;

  private MessageReader() {}

  /**
   * How many bytes the message has whose header starts at {@code from}; -1 when that cannot be the
   * header of a message.
   *
   * @param bytes with all {@link BgpMessage#HEADER_BYTES} of the header
   */
  public static int length(byte[] bytes, int from, MessageContext context) {
    Cursor header = new Cursor(bytes, from, from, from + BgpMessage.HEADER_BYTES);
    boolean marked = header.marker();
    int length = header.u16();
    boolean possible = length >= BgpMessage.HEADER_BYTES && length <= context.maxBytes();
    return marked && possible ? length : -1;
  }

  /** Reads the message that starts at {@code from} and ends before {@code to}. */
  public static Decoded read(byte[] bytes, int from, int to, MessageContext context) {
    return read(new Cursor(bytes, from, from, to), context);
  }

  /** Reads the message that comes next, and goes on behind it; offsets are those of the cursor. */
  public static Decoded read(Cursor message, MessageContext context) {
    int start = message.offset();
    if (!message.has(BgpMessage.HEADER_BYTES)) {
      return broken(HEADER_ERROR, BAD_LENGTH, "the header is cut off", start);
    }
    if (!message.marker()) {
      return broken(HEADER_ERROR, NOT_SYNCHRONISED, "no marker", start);
    }
    int at = message.offset();
    int length = message.u16();
    int type = message.u8();
    boolean longOnes = type != MessageType.OPEN && type != MessageType.KEEPALIVE;
    int max = longOnes ? context.maxBytes() : BgpMessage.MAX_BYTES;
    if (length < BgpMessage.HEADER_BYTES || length > max) {
      return broken(HEADER_ERROR, BAD_LENGTH, "a message of " + length + " bytes", at);
    }
    if (!message.has(length - BgpMessage.HEADER_BYTES)) {
      return broken(HEADER_ERROR, BAD_LENGTH, "the message is cut off", at);
    }
    Cursor body = message.part(length - BgpMessage.HEADER_BYTES);
    return switch (type) {
      case MessageType.OPEN -> new OpenReader().read(body);
      case MessageType.UPDATE -> new UpdateReader(context).read(body);
      case MessageType.NOTIFICATION -> notification(body);
      case MessageType.KEEPALIVE ->
          body.left() == 0
              ? understood(new KeepAlive())
              : broken(HEADER_ERROR, BAD_LENGTH, "a KEEPALIVE with a body", at);
      case MessageType.ROUTE_REFRESH -> refresh(body);
      default -> broken(HEADER_ERROR, BAD_TYPE, "a message of type " + type, at + Short.BYTES);
    };
  }

  /** Reads the body of an UPDATE that was stored without its header: all that is left. */
  public static Decoded update(Cursor body, MessageContext context) {
    return new UpdateReader(context).read(body);
  }

  /** Reads the attributes of a stored table's entry (RFC 6396 section 4.3.4): all that is left. */
  public static TableEntry tableEntry(Cursor attributes, boolean fourByteAs) {
    MessageContext context = MessageContext.stored(fourByteAs, false);
    return new UpdateReader(context).tableEntry(attributes);
  }

  private static Decoded notification(Cursor body) {
    if (!body.has(2)) {
      return broken(HEADER_ERROR, BAD_LENGTH, "a NOTIFICATION without a code", body.offset());
    }
    int code = body.u8();
    int subcode = body.u8();
    boolean spoken = code == CEASE && (subcode == SHUTDOWN || subcode == RESET) && body.has(1);
    int length = spoken ? body.u8() : 0;
    Optional<String> words =
        length > 0 && body.has(length) ? Optional.of(text(body.take(length))) : Optional.empty();
    return understood(new Notification(code, subcode, words));
  }

  private static String text(byte[] bytes) {
    String decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
    return decoded.replaceAll("\\p{Cntrl}", "\ufffd");
  }

  private static Decoded refresh(Cursor body) {
    return body.left() < REFRESH_BYTES
        ? broken(REFRESH_ERROR, 1, "a ROUTE-REFRESH that is cut off", body.offset())
        : understood(new RouteRefresh(body.u16(), body.u8(), body.u8()));
  }

  private static Decoded understood(BgpMessage message) {
    return new Understood(message, List.of());
  }

  private static Decoded broken(int code, int subcode, String reason, int offset) {
    return new Broken(new SessionReset(code, subcode, reason, offset));
  }
}
