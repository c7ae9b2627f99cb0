package parallax.probe.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import parallax.config.wire.Priority;

/**
 * Reads records of one file at a time through a buffer. Holds at most {@link #LARGEST} bytes and
 * one open file.
 */
final class Window implements AutoCloseable {
  static final int LARGEST = RecordFormat.RECORD_HEAD + RecordFormat.MAX_PAYLOAD;

  private static final int USUAL = 64 * 1024;

  private final Disk disk;
  private Optional<Path> file = Optional.empty();
  private Optional<FileChannel> channel = Optional.empty();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long start;

  Window(Disk disk) {
    this.disk = disk;
  }

  /** A sound record, from its head on; only valid until the next one is asked for. */
  record Found(long sequence, ByteBuffer whole) {
    byte[] payload() {
      byte[] payload = new byte[whole.remaining() - RecordFormat.RECORD_HEAD];
      whole.get(whole.position() + RecordFormat.RECORD_HEAD, payload);
      return payload;
    }
  }

  /**
   * The record at {@code at} of a file; empty when there is none, or none that is as it was
   * written, before {@code limit}.
   */
  Optional<Found> read(Path from, Priority priority, long at, long limit) throws IOException {
    if (!file.equals(Optional.of(from))) {
      close();
      channel = Optional.of(disk.open(from));
      file = Optional.of(from);
    }
    int length = RecordFormat.length(bytes(at, limit, RecordFormat.RECORD_HEAD));
    if (length == 0) {
      return Optional.empty();
    }
    ByteBuffer whole = bytes(at, limit, length);
    if (whole.remaining() < length || !RecordFormat.isSound(whole, priority)) {
      return Optional.empty();
    }
    return Optional.of(new Found(RecordFormat.sequence(whole), whole));
  }

  /** Up to {@code wanted} bytes at {@code at}, fewer where the file or the limit ends. */
  private ByteBuffer bytes(long at, long limit, int wanted) throws IOException {
    int size = (int) Math.min(wanted, Math.max(0, limit - at));
    if (at < start || at + size > start + buffer.limit()) {
      load(at, limit, size);
    }
    int from = (int) (at - start);
    return buffer.slice(from, Math.min(size, buffer.limit() - from));
  }

  private void load(long at, long limit, int size) throws IOException {
    int capacity = Math.max(size, USUAL);
    if (buffer.capacity() < capacity) {
      buffer = ByteBuffer.allocate(capacity);
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), limit - at));
    start = at;
    FileChannel in = channel.orElseThrow();
    while (buffer.hasRemaining() && in.read(buffer, at + buffer.position()) > 0) {
      // Goes on until there is no more.
    }
    buffer.flip();
  }

  /** Forgets what was read of {@code gone}, which is about to be deleted. */
  void release(Path gone) {
    if (file.equals(Optional.of(gone))) {
      close();
    }
  }

  @Override
  public void close() {
    channel.ifPresent(Window::closeQuietly);
    channel = Optional.empty();
    file = Optional.empty();
    buffer.clear().limit(0);
    start = 0;
  }

  /** Nothing was written through it, so there is nothing to lose. */
  static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The file stays open until the process ends; that costs one descriptor.
    }
  }
}
