package parallax.probe.bgp.session;

import java.util.Optional;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.read.MessageReader;

/**
 * What a neighbour sends, in whatever pieces it comes. Holds at most one message that is not whole,
 * and the piece last put in.
 */
public final class MessageFrames {
  /** The longest piece that may be put in. */
  public static final int MAX_PIECE = 64 * 1024;

  private final byte[] waiting = new byte[MAX_PIECE + BgpMessage.MAX_EXTENDED_BYTES];
  private int from;
  private int to;

  /**
   * The first {@code count} of these bytes have come; what was whole before has been taken.
   *
   * @throws IllegalArgumentException for more than {@link #MAX_PIECE}
   */
  public void put(byte[] bytes, int count) {
    if (count > MAX_PIECE || to - from > BgpMessage.MAX_EXTENDED_BYTES) {
      throw new IllegalArgumentException("no room for " + count + " bytes");
    }
    System.arraycopy(waiting, from, waiting, 0, to - from);
    to -= from;
    from = 0;
    System.arraycopy(bytes, 0, waiting, to, count);
    to += count;
  }

  /**
   * The next message, when it is whole; or one that is broken, as soon as its header shows that,
   * after which nothing is to be asked for.
   */
  public Optional<Decoded> next(MessageContext context) {
    if (to - from < BgpMessage.HEADER_BYTES) {
      return Optional.empty();
    }
    int length = MessageReader.length(waiting, from, context);
    if (length > to - from) {
      return Optional.empty();
    }
    int bytes = length < 0 ? BgpMessage.HEADER_BYTES : length;
    Decoded decoded = MessageReader.read(waiting, from, from + bytes, context);
    from += bytes;
    return Optional.of(decoded);
  }
}
