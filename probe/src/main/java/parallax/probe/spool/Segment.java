package parallax.probe.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import parallax.config.wire.Priority;

/**
 * One file of records of one priority in the order of their numbers, and how far each of the two
 * cursors has come in it: the backlog lies before {@code liveStart}, what is live behind it.
 */
final class Segment {
  /** Writes that may make no progress before a disk is called broken. */
  private static final int MAX_IDLE_WRITES = 3;

  private final Path file;
  private final Priority priority;
  private final long head;
  private final Ranges done = new Ranges();
  private Optional<FileChannel> channel;
  private long end;
  private int records;
  private int doneRecords;
  private long unsynced;
  private long liveStart;
  private long backlogAt;
  private long liveAt;
  private boolean gone;

  private Segment(Path file, Priority priority, long head, Optional<FileChannel> channel) {
    this.file = file;
    this.priority = priority;
    this.head = head;
    this.channel = channel;
    this.end = head;
    this.liveStart = head;
    this.backlogAt = head;
    this.liveAt = head;
  }

  /** Where a cursor reads. */
  enum Cursor {
    LIVE,
    BACKLOG
  }

  /** Makes a segment that can be appended to; leaves no file behind when that fails. */
  static Segment create(Disk disk, Path folder, String name, Priority priority, ByteBuffer head)
      throws IOException {
    Path file = folder.resolve(name);
    FileChannel channel = disk.create(file);
    try {
      long length = head.remaining();
      writeAll(channel, head, 0);
      disk.syncNames(folder);
      return new Segment(file, priority, length, Optional.of(channel));
    } catch (IOException e) {
      Window.closeQuietly(channel);
      disk.delete(file);
      throw e;
    }
  }

  /**
   * What an earlier run left in {@code file}, cut behind its last sound record.
   *
   * @param damage whether whole records were lost, not only one that was being written
   */
  record Recovered(Segment segment, RecordFormat.Head head, boolean damage) {}

  /** Empty when not even the head is sound. */
  static Optional<Recovered> recover(Disk disk, Window window, Path file) throws IOException {
    try (FileChannel channel = disk.open(file)) {
      ByteBuffer start = ByteBuffer.allocate(RecordFormat.MAX_SEGMENT_HEAD);
      while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
        // Goes on until there is no more.
      }
      Optional<RecordFormat.Head> head = RecordFormat.segmentHead(start.flip());
      if (head.isEmpty()) {
        return Optional.empty();
      }
      long size = channel.size();
      Segment segment =
          new Segment(file, head.get().priority(), head.get().bytes(), Optional.empty());
      segment.scan(window, size);
      boolean damage = segment.isWholeAt(channel, size);
      if (segment.end < size) {
        channel.truncate(segment.end);
        channel.force(true);
        window.release(file);
      }
      return Optional.of(new Recovered(segment, head.get(), damage));
    }
  }

  private void scan(Window window, long size) throws IOException {
    Optional<Window.Found> found = window.read(file, priority, end, size);
    while (found.isPresent()) {
      end += found.get().whole().remaining();
      records++;
      found = window.read(file, priority, end, size);
    }
    liveStart = end;
    liveAt = end;
  }

  /** Whether there is a whole record at the end, which then cannot be a sound one. */
  private boolean isWholeAt(FileChannel channel, long size) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(RecordFormat.RECORD_HEAD);
    channel.read(start, end);
    int length = RecordFormat.length(start.flip());
    return length > 0 ? end + length <= size : size - end > Window.LARGEST;
  }

  /** Appends a record; leaves nothing of it behind when that fails. */
  void append(ByteBuffer record) throws IOException {
    int length = record.remaining();
    FileChannel out = channel.orElseThrow();
    try {
      writeAll(out, record, end);
    } catch (IOException e) {
      out.truncate(end);
      throw e;
    }
    end += length;
    records++;
    unsynced += length;
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    int idle = 0;
    while (bytes.hasRemaining()) {
      int written = out.write(bytes, at);
      at += written;
      idle = written > 0 ? 0 : idle + 1;
      if (idle == MAX_IDLE_WRITES) {
        throw new IOException("the disk takes no more bytes");
      }
    }
  }

  /** Makes what was appended safe from a loss of power. */
  void sync() throws IOException {
    if (unsynced > 0) {
      channel.orElseThrow().force(false);
      unsynced = 0;
    }
  }

  /** Ends appending. */
  void seal() {
    channel.ifPresent(Window::closeQuietly);
    channel = Optional.empty();
    unsynced = 0;
  }

  /** Its file is deleted; slices of it may still be on the way. */
  void forget() {
    seal();
    gone = true;
  }

  boolean isGone() {
    return gone;
  }

  Path file() {
    return file;
  }

  Priority priority() {
    return priority;
  }

  long bytes() {
    return end;
  }

  int records() {
    return records;
  }

  /** Records that are neither acknowledged nor given up. */
  int pending() {
    return records - doneRecords;
  }

  boolean isSealed() {
    return channel.isEmpty();
  }

  /** Whether nothing is left in it to hand over. */
  boolean isFinished() {
    return done.after(head) >= end;
  }

  /** From here on, all that is in it and not done is backlog. */
  void restart() {
    liveStart = end;
    liveAt = end;
    backlogAt = head;
  }

  /** Where {@code cursor} reads next; {@link #limit} when there is nothing. */
  long at(Cursor cursor) {
    long at = done.after(cursor == Cursor.LIVE ? liveAt : backlogAt);
    return Math.min(at, limit(cursor));
  }

  long limit(Cursor cursor) {
    return cursor == Cursor.LIVE ? end : liveStart;
  }

  boolean hasUnread(Cursor cursor) {
    return at(cursor) < limit(cursor);
  }

  void moveTo(Cursor cursor, long position) {
    switch (cursor) {
      case LIVE -> liveAt = position;
      case BACKLOG -> backlogAt = position;
    }
  }

  void done(long from, long to, int count) {
    done.add(from, to);
    doneRecords = Math.min(records, doneRecords + count);
  }
}
