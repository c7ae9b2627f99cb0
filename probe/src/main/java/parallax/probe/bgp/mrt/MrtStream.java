package parallax.probe.bgp.mrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import parallax.probe.bgp.message.read.Cursor;

/**
 * The records that lie ahead in a stream, as far as they have been read. Memory grows with the
 * bytes that came, not with what a length promises.
 */
final class MrtStream {
  private static final int FIRST_CAPACITY = 1 << 17;

  private final InputStream in;
  private byte[] window = new byte[FIRST_CAPACITY];
  private int from;
  private int to;
  private long offset;
  private boolean ended;
  private Optional<String> failure = Optional.empty();

  MrtStream(InputStream in) {
    this.in = in;
  }

  /** Whether so many bytes lie ahead, read or still to read. */
  boolean has(int count) {
    while (to - from < count && !ended) {
      fill(count);
    }
    return to - from >= count;
  }

  private void fill(int wanted) {
    if (from > 0 && window.length - from < wanted) {
      System.arraycopy(window, from, window, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == window.length) {
      window = Arrays.copyOf(window, window.length * 2);
    }
    try {
      int read = in.read(window, to, window.length - to);
      ended = read < 0;
      to += Math.max(read, 0);
    } catch (IOException broken) {
      ended = true;
      failure = Optional.of(broken.getMessage() == null ? "broken" : broken.getMessage());
    }
  }

  /** The header {@code ahead} bytes from here, all of which are there. */
  RecordHeader header(int ahead) {
    ByteBuffer bytes = ByteBuffer.wrap(window, from + ahead, RecordHeader.BYTES);
    return new RecordHeader(
        Integer.toUnsignedLong(bytes.getInt()),
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()),
        Integer.toUnsignedLong(bytes.getInt()));
  }

  /**
   * What follows the header that is next; offsets count from that header. Valid until {@link
   * #skip}.
   */
  Cursor body(int length) {
    int start = from + RecordHeader.BYTES;
    return new Cursor(window, from, start, start + length);
  }

  void skip(int count) {
    from += count;
    offset += count;
  }

  /** Where the next byte stands in the stream, after it was unpacked. */
  long offset() {
    return offset;
  }

  /** How many bytes lie ahead of those that were read. */
  int ahead() {
    return to - from;
  }

  /** Why the stream ended before its end, such as a compressed file that is cut off. */
  Optional<String> failure() {
    return failure;
  }
}
