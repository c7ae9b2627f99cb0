package parallax.probe.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The disk of this machine, with room for so many bytes more, and faults on demand. It is never
 * synced, because a test that opens a thousand spools would wait for hours.
 */
final class FaultyDisk implements Disk {
  private final LocalDisk real = new LocalDisk();
  private long room;
  private boolean failing;
  private int syncs;

  /** A disk without faults. */
  static FaultyDisk sound() {
    return new FaultyDisk(Long.MAX_VALUE / 2);
  }

  FaultyDisk(long room) {
    this.room = room;
  }

  /** So many bytes more can be written from now on. */
  void room(long bytes) {
    room = bytes;
  }

  /** Every write and sync fails from now on, or no longer. */
  void failing(boolean now) {
    failing = now;
  }

  int syncs() {
    return syncs;
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    return new Faulty(real.create(file));
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    return new Faulty(real.open(file));
  }

  @Override
  public long bytes(Path file) throws IOException {
    return real.bytes(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    room += real.bytes(file);
    real.delete(file);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    return real.list(folder);
  }

  @Override
  public void syncNames(Path folder) {}

  @Override
  public long freeBytes(Path folder) {
    return failing ? Long.MAX_VALUE : room;
  }

  private final class Faulty extends FileChannel {
    private final FileChannel channel;

    Faulty(FileChannel channel) {
      this.channel = channel;
    }

    /** Like a real one, a full disk takes what it has room for before it fails. */
    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      if (failing) {
        throw new IOException("Input/output error");
      }
      int length = (int) Math.min(room, bytes.remaining());
      if (length == 0) {
        throw new IOException("No space left on device");
      }
      ByteBuffer part = bytes.slice(bytes.position(), length);
      int written = channel.write(part, position);
      bytes.position(bytes.position() + written);
      room -= written;
      return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      room += Math.max(0, channel.size() - size);
      channel.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (failing) {
        throw new IOException("Input/output error");
      }
      syncs++;
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return channel.read(bytes, position);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }

    @Override
    public int read(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
