package parallax.probe.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.probe.check.NanoSource;
import parallax.probe.spool.Run.Piece;
import parallax.probe.spool.Run.Taken;
import parallax.probe.spool.Segment.Cursor;

/**
 * A bounded log of encoded observations on disk. When the bound is reached, or the disk is full,
 * the oldest of the lowest priority go first; what goes is counted.
 *
 * <p>Not thread-safe: one thread owns it. Every call may wait for the disk. Memory is at most a
 * megabyte and some hundred bytes for each segment and each stretch on the way, however much is on
 * the disk.
 */
public final class Spool implements AutoCloseable {
  /** Files at a time. */
  public static final int MAX_SEGMENTS = 4_096;

  /** With so many stretches on the way there are no more slices until acks come. */
  public static final int MAX_ON_THE_WAY = 1_024;

  /** A segment in use that is larger than this and wholly acknowledged makes room for a new one. */
  public static final long ROLL_BYTES = 64 * 1024;

  /** Failed reads of a segment, one after another, before it is given up. */
  private static final int MAX_READ_TRIES = 10;

  /** Segments of lower priority that are given up for one append on a full disk. */
  private static final int MAX_RECLAIMS = 4;

  /** With less than this a disk counts as full. */
  static final long FULL_BELOW_BYTES = 256 * 1024;

  private static final String LOCK_NAME = "lock";

  private final SpoolSettings settings;
  private final NanoSource nanos;
  private final FileChannel lock;
  private final Store store;
  private final Map<Cursor, Map<Priority, Window>> windows;
  private final List<Sent> onTheWay = new ArrayList<>();
  private final ByteBuffer record = ByteBuffer.allocateDirect(Window.LARGEST);
  private long unsyncedBytes;
  private long unsyncedSince;
  private long lastSequence = -1;
  private int readFailures;

  private Spool(SpoolSettings settings, Origin origin, Disk disk, Opening opening) {
    this.settings = settings;
    this.nanos = opening.nanos();
    this.lock = opening.lock();
    this.windows = new EnumMap<>(Cursor.class);
    List<Window> all = new ArrayList<>();
    for (Cursor cursor : Cursor.values()) {
      Map<Priority, Window> ofCursor = new EnumMap<>(Priority.class);
      for (Priority priority : Priority.values()) {
        Window window = new Window(disk);
        ofCursor.put(priority, window);
        all.add(window);
      }
      windows.put(cursor, ofCursor);
    }
    this.store = new Store(settings, origin, disk, all);
  }

  /** What was handed out and not acknowledged: where it lies, never what it says. */
  private record Sent(long boot, Run.Stretch stretch) {
    boolean within(long otherBoot, long first, long last) {
      return boot == otherBoot && stretch.first() >= first && stretch.last() <= last;
    }
  }

  private record Opening(NanoSource nanos, FileChannel lock) {}

  /** A run of the probe: its start, which no run before had, and who looks, encoded. */
  public static final class Origin {
    private final long boot;
    private final byte[] vantage;

    /**
     * @param vantage at most a kilobyte; not to be changed afterwards
     */
    public Origin(long boot, byte[] vantage) {
      if (vantage.length > RecordFormat.MAX_ORIGIN) {
        throw new IllegalArgumentException("an origin of " + vantage.length + " bytes");
      }
      this.boot = boot;
      this.vantage = vantage;
    }

    long boot() {
      return boot;
    }

    byte[] vantage() {
      return vantage;
    }
  }

  /**
   * Opens a spool and cuts what earlier runs left behind their last sound record.
   *
   * @throws IOException when the folder cannot be used, or another process uses it
   */
  public static Spool open(SpoolSettings settings, Origin origin, Disk disk, NanoSource nanos)
      throws IOException {
    List<Path> files = disk.list(settings.folder()).stream().sorted().toList();
    FileChannel lock = lock(disk, settings.folder().resolve(LOCK_NAME), files);
    Spool spool = new Spool(settings, origin, disk, new Opening(nanos, lock));
    try {
      spool.store.recover(files);
    } catch (IOException e) {
      spool.close();
      throw e;
    }
    return spool;
  }

  private static FileChannel lock(Disk disk, Path file, List<Path> files) throws IOException {
    FileChannel channel = files.contains(file) ? disk.open(file) : disk.create(file);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same answer.
    }
    Window.closeQuietly(channel);
    throw new IOException(file + " is locked by another probe");
  }

  /**
   * Appends an observation of this run.
   *
   * @param sequence greater than any before, from 0
   * @param observation encoded, at most {@link RecordFormat#MAX_PAYLOAD} bytes
   */
  public Appended append(long sequence, Priority priority, byte[] observation) {
    if (sequence <= lastSequence || observation.length > RecordFormat.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "observation " + sequence + " of " + observation.length + " bytes after " + lastSequence);
    }
    lastSequence = sequence;
    int size = RecordFormat.RECORD_HEAD + observation.length;
    if (!store.makeRoom(size + RecordFormat.MAX_SEGMENT_HEAD, priority)) {
      return refuse(priority, DropCause.BOUND);
    }
    DropCause cause = DropCause.DISK_FAILED;
    for (int attempt = 0; attempt <= MAX_RECLAIMS; attempt++) {
      try {
        RecordFormat.record(record, sequence, priority, observation);
        store.write(priority, record);
        appended(size);
        return new Appended.Kept();
      } catch (IOException e) {
        boolean full = store.isFull();
        cause = full ? DropCause.DISK_FULL : DropCause.DISK_FAILED;
        if (!full || !dropBelow(priority)) {
          break;
        }
      }
    }
    return refuse(priority, cause);
  }

  private Appended refuse(Priority priority, DropCause cause) {
    store.count(priority, cause, 1);
    return new Appended.Refused(cause);
  }

  private boolean dropBelow(Priority priority) {
    return switch (priority) {
      case ROUTINE -> false;
      case TROUBLE -> store.dropOldest(Priority.ROUTINE, DropCause.DISK_FULL);
      case CHANGE -> store.dropOldest(Priority.TROUBLE, DropCause.DISK_FULL);
    };
  }

  private void appended(int size) {
    if (unsyncedBytes == 0) {
      unsyncedSince = nanos.nanos();
    }
    unsyncedBytes += size;
    if (unsyncedBytes >= settings.syncBytes()) {
      sync();
    }
  }

  /** Syncs what was appended when it is time to; to be called at least once a syncEvery. */
  public void tick() {
    if (unsyncedBytes > 0 && nanos.nanos() - unsyncedSince >= settings.syncEvery().toNanos()) {
      sync();
    }
  }

  /** Makes all that was appended safe from a loss of power. */
  public void sync() {
    store.sync();
    unsyncedBytes = 0;
  }

  /**
   * New observations of this run: what was appended since the last {@link #restart}.
   *
   * @param maxBytes as they lie on the disk, which is more than they take in a frame; a single one
   *     may have more
   */
  public Optional<Slice> live(int maxRecords, int maxBytes) {
    return next(Cursor.LIVE, List.of(store.current()), new Run.Wanted(maxRecords, maxBytes));
  }

  /** What was there before, oldest run first; bounded as {@link #live} is. */
  public Optional<Slice> backlog(int maxRecords, int maxBytes) {
    return next(Cursor.BACKLOG, store.runs(), new Run.Wanted(maxRecords, maxBytes));
  }

  private Optional<Slice> next(Cursor cursor, List<Run> from, Run.Wanted wanted) {
    Map<Priority, Window> ofCursor = windows.getOrDefault(cursor, Collections.emptyMap());
    for (int index = 0; index < from.size() && onTheWay.size() < MAX_ON_THE_WAY; index++) {
      try {
        Optional<Taken> taken = from.get(index).take(cursor, wanted, ofCursor);
        readFailures = 0;
        if (taken.isPresent()) {
          Slice slice = taken.get().slice();
          taken.get().stretches().forEach(each -> onTheWay.add(new Sent(slice.boot(), each)));
          return Optional.of(slice);
        }
      } catch (Run.Unreadable e) {
        readFailures++;
        if (e.damaged() || readFailures >= MAX_READ_TRIES) {
          giveUp(e.segment(), cursor, e.damaged() ? DropCause.DAMAGED : DropCause.DISK_FAILED);
          readFailures = 0;
        }
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What cannot be read of a segment is done with. */
  private void giveUp(Segment segment, Cursor cursor, DropCause cause) {
    int lost = Math.max(1, segment.pending() - onTheWay(segment));
    segment.done(segment.at(cursor), segment.limit(cursor), lost);
    store.count(segment.priority(), cause, lost);
    store.finish(segment);
  }

  private int onTheWay(Segment segment) {
    return onTheWay.stream()
        .flatMap(sent -> sent.stretch().pieces().stream())
        .filter(piece -> piece.segment() == segment)
        .mapToInt(Piece::records)
        .sum();
  }

  /** A new stream begins: what is on the way is lost, and everything kept is backlog. */
  public void restart() {
    onTheWay.clear();
    store.runs().forEach(run -> run.segments().forEach(Segment::restart));
  }

  /**
   * Stretches of slices of a run whose numbers lie from {@code first} to {@code last}, both
   * included, were received; they are forgotten. Whatever else is named is passed over.
   */
  public void acknowledge(long boot, long first, long last) {
    Iterator<Sent> each = onTheWay.iterator();
    List<Piece> received = new ArrayList<>();
    while (each.hasNext()) {
      Sent sent = each.next();
      if (sent.within(boot, first, last)) {
        each.remove();
        received.addAll(sent.stretch().pieces());
      }
    }
    for (Piece piece : received) {
      piece.segment().done(piece.from(), piece.to(), piece.records());
      store.finish(piece.segment());
    }
  }

  /**
   * What was never handed over, since this spool was opened. What was on the way when it was
   * dropped is counted, too; what is damaged is estimated, at least one each time.
   */
  public SortedMap<Dropped, Long> drops() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(store.drops()));
  }

  /** How full it is. */
  public Fill fill() {
    return store.fill(unsyncedBytes);
  }

  /**
   * How full a spool is.
   *
   * @param observations that are not acknowledged
   * @param bytes on disk
   * @param segments files on disk
   * @param unsyncedBytes that a loss of power would take
   * @param failedCalls syncs and deletions that the disk refused, since it was opened
   */
  public record Fill(
      long observations, long bytes, int segments, long unsyncedBytes, long failedCalls) {}

  @Override
  public void close() {
    sync();
    store.close();
    windows.values().forEach(ofCursor -> ofCursor.values().forEach(Window::close));
    Window.closeQuietly(lock);
  }
}
