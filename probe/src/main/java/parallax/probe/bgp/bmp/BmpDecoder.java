package parallax.probe.bgp.bmp;

import java.util.Arrays;
import java.util.Optional;
import parallax.probe.bgp.message.read.Cursor;

/**
 * The stream of one router, in whatever pieces it comes. It holds what came and is not read yet: at
 * most one message that is not whole, and the piece last put in. After a fault it reads nothing
 * more, for where the next message starts is not known.
 */
public final class BmpDecoder {
  /** Longer ones are a fault: the longest that is needed carries two messages of 64 KiB. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final int VERSION = 3;
  private static final int HEADER = 6;
  private static final int FIRST_CAPACITY = 4 * 1024;

  private byte[] waiting = new byte[FIRST_CAPACITY];
  private int from;
  private int to;

  /** Of {@link #from} in the stream. */
  private long position;

  private Optional<Fault> fault = Optional.empty();

  /**
   * Why the stream cannot be read on.
   *
   * @param position of the message, in bytes from the first one of the stream
   */
  public record Fault(String reason, long position) {}

  /** The first {@code count} of these bytes have come. */
  public void put(byte[] bytes, int count) {
    if (fault.isPresent()) {
      return;
    }
    if (waiting.length - to < count) {
      int held = to - from;
      byte[] room =
          held + count <= waiting.length
              ? waiting
              : new byte[Math.max(held + count, Math.min(2 * waiting.length, MAX_BYTES))];
      System.arraycopy(waiting, from, room, 0, held);
      waiting = room;
      from = 0;
      to = held;
    }
    System.arraycopy(bytes, 0, waiting, to, count);
    to += count;
  }

  /** The next message; empty when it is not whole yet, or there is a fault. */
  public Optional<BmpMessage> next(UpdateContexts contexts) {
    if (fault.isPresent() || to == from) {
      return Optional.empty();
    }
    int version = waiting[from] & 0xff;
    if (version != VERSION) {
      return stop("version " + version + " instead of " + VERSION);
    }
    if (to - from < HEADER) {
      return Optional.empty();
    }
    Cursor header = new Cursor(waiting, from, from + 1, from + HEADER);
    long length = header.u32();
    if (length < HEADER || length > MAX_BYTES) {
      return stop("a message of " + length + " bytes");
    }
    if (to - from < length) {
      return Optional.empty();
    }
    int type = header.u8();
    Cursor body = new Cursor(waiting, from, from + HEADER, from + (int) length);
    BmpMessage message = new BmpReader(contexts, position).read(type, body);
    from += (int) length;
    position += length;
    if (from == to) {
      from = 0;
      to = 0;
      waiting = waiting.length > MAX_BYTES ? Arrays.copyOf(waiting, FIRST_CAPACITY) : waiting;
    }
    return Optional.of(message);
  }

  /** Why it stopped, when it did. */
  public Optional<Fault> fault() {
    return fault;
  }

  /** Where the next message starts, in bytes from the first one of the stream. */
  public long position() {
    return position;
  }

  /** Bytes of a message that is not whole. */
  public int unread() {
    return to - from;
  }

  private Optional<BmpMessage> stop(String reason) {
    fault = Optional.of(new Fault(reason, position));
    return Optional.empty();
  }
}
