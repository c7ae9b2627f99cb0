package parallax.probe.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;

/** The segments on the disk: made, filled, given up and counted. */
final class Store {
  /** Segments that are given up for one append. */
  private static final int MAX_RECLAIMS = 64;

  private static final Pattern SEGMENT_NAME = Pattern.compile("[0-9a-f]{16}\\.seg");
  private static final int HEX = 16;

  private final SpoolSettings settings;
  private final Disk disk;
  private final Spool.Origin origin;
  private final Run current;
  private final List<Run> runs = new ArrayList<>();
  private final Map<Priority, Segment> active = new EnumMap<>(Priority.class);
  private final SortedMap<Dropped, Long> drops = new TreeMap<>();
  private final List<Window> windows;
  private long nextSegment;
  private long bytes;
  private int segments;
  private long failedCalls;

  /**
   * @param windows that may have a segment open when it is deleted
   */
  Store(SpoolSettings settings, Spool.Origin origin, Disk disk, List<Window> windows) {
    this.settings = settings;
    this.disk = disk;
    this.origin = origin;
    this.windows = windows;
    this.current = new Run(origin.boot(), origin.vantage());
  }

  /** Takes over what earlier runs left, each segment cut behind its last sound record. */
  void recover(List<Path> files) throws IOException {
    try (Window window = new Window(disk)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (SEGMENT_NAME.matcher(name).matches()) {
          nextSegment = Math.max(nextSegment, Long.parseUnsignedLong(name, 0, HEX, HEX) + 1);
          recover(window, file);
        }
      }
    }
    runs.add(current);
    // The bound may be narrower than it was.
    makeRoom(0, Priority.CHANGE);
  }

  private void recover(Window window, Path file) throws IOException {
    Optional<Segment.Recovered> recovered = Segment.recover(disk, window, file);
    if (recovered.isEmpty() && disk.bytes(file) > RecordFormat.MAX_SEGMENT_HEAD) {
      // What it held cannot be told any more; what is most of a spool is counted.
      count(Priority.ROUTINE, DropCause.DAMAGED, 1);
    }
    if (recovered.isEmpty() || recovered.get().segment().records() == 0) {
      window.release(file);
      disk.delete(file);
    }
    if (recovered.isPresent()) {
      Segment segment = recovered.get().segment();
      if (recovered.get().damage()) {
        count(segment.priority(), DropCause.DAMAGED, 1);
      }
      if (segment.records() > 0) {
        runOf(recovered.get().head()).lane(segment.priority()).add(segment);
        bytes += segment.bytes();
        segments++;
      }
    }
  }

  private Run runOf(RecordFormat.Head head) throws IOException {
    if (head.boot() == current.boot()) {
      throw new IOException("there was a run " + head.boot() + " before");
    }
    for (Run run : runs) {
      if (run.boot() == head.boot()) {
        return run;
      }
    }
    byte[] vantage = new byte[head.origin().remaining()];
    head.origin().get(0, vantage);
    Run run = new Run(head.boot(), vantage);
    runs.add(run);
    return run;
  }

  /** Writes a record into the segment in use, or a new one. */
  void write(Priority priority, ByteBuffer record) throws IOException {
    Segment segment = active(priority, record.remaining());
    int size = record.remaining();
    try {
      segment.append(record);
    } catch (IOException e) {
      if (!isFull()) {
        // A disk that fails, not a full one: this file is not written to again.
        seal(segment);
      }
      throw e;
    }
    bytes += size;
  }

  private Segment active(Priority priority, int size) throws IOException {
    Segment segment = active.get(priority);
    if (segment != null && segment.bytes() + size > settings.segmentBytes()) {
      seal(segment);
      segment = null;
    }
    if (segment == null) {
      String name = String.format(Locale.ROOT, "%016x.seg", nextSegment);
      ByteBuffer head = RecordFormat.segmentHead(priority, origin.boot(), origin.vantage());
      segment = Segment.create(disk, settings.folder(), name, priority, head);
      nextSegment++;
      segments++;
      bytes += segment.bytes();
      active.put(priority, segment);
      current.lane(priority).add(segment);
    }
    return segment;
  }

  /** Whether the disk has no room, as far as it can be told. */
  boolean isFull() {
    return disk.freeBytes(settings.folder()) < Spool.FULL_BELOW_BYTES;
  }

  void sync() {
    List.copyOf(active.values()).forEach(this::sync);
  }

  /** After a failed sync nobody knows what the disk has; the file is not trusted with more. */
  private void sync(Segment segment) {
    try {
      segment.sync();
    } catch (IOException e) {
      failedCalls++;
      segment.seal();
      active.remove(segment.priority());
    }
  }

  private void seal(Segment segment) {
    sync(segment);
    segment.seal();
    active.remove(segment.priority());
    if (segment.isFinished()) {
      delete(segment);
    }
  }

  /** Nothing more is written. */
  void close() {
    List.copyOf(active.values()).forEach(this::seal);
  }

  /** Deletes a segment that has nothing left to hand over, unless it is still of use. */
  void finish(Segment segment) {
    boolean inUse = active.get(segment.priority()) == segment;
    if (!segment.isGone()
        && segment.isFinished()
        && (!inUse || segment.bytes() > Spool.ROLL_BYTES)) {
      delete(segment);
    }
  }

  /** Gives up old segments of up to {@code highest} until {@code size} fits into the bound. */
  boolean makeRoom(int size, Priority highest) {
    int reclaims = 0;
    while (bytes + size > settings.maxBytes() || segments >= Spool.MAX_SEGMENTS) {
      if (reclaims == MAX_RECLAIMS || !dropOldest(highest, DropCause.BOUND)) {
        return false;
      }
      reclaims++;
    }
    return true;
  }

  /** Drops the oldest segment of the lowest priority, up to {@code highest}; false if none is. */
  boolean dropOldest(Priority highest, DropCause cause) {
    for (Priority priority : Priority.values()) {
      if (priority.compareTo(highest) > 0) {
        return false;
      }
      for (Run run : runs) {
        if (!run.lane(priority).isEmpty()) {
          Segment segment = run.lane(priority).getFirst();
          count(priority, cause, segment.pending());
          delete(segment);
          return true;
        }
      }
    }
    return false;
  }

  private void delete(Segment segment) {
    segment.forget();
    active.remove(segment.priority(), segment);
    windows.forEach(window -> window.release(segment.file()));
    runs.forEach(run -> run.lane(segment.priority()).remove(segment));
    runs.removeIf(run -> run != current && run.isEmpty());
    bytes -= segment.bytes();
    segments--;
    try {
      disk.delete(segment.file());
    } catch (IOException e) {
      // It stays on the disk and is read again by the next run: sent twice, never lost.
      failedCalls++;
    }
  }

  void count(Priority priority, DropCause cause, long count) {
    if (count > 0) {
      drops.merge(new Dropped(priority, cause), count, Long::sum);
    }
  }

  SortedMap<Dropped, Long> drops() {
    return drops;
  }

  /** Oldest first; this run is the last. */
  List<Run> runs() {
    return runs;
  }

  Run current() {
    return current;
  }

  Spool.Fill fill(long unsyncedBytes) {
    long pending =
        runs.stream().flatMap(run -> run.segments().stream()).mapToLong(Segment::pending).sum();
    return new Spool.Fill(pending, bytes, segments, unsyncedBytes, failedCalls);
  }
}
