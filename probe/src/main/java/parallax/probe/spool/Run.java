package parallax.probe.spool;

import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parallax.config.wire.Priority;
import parallax.probe.spool.Segment.Cursor;

/** What one run of the probe appended: for each priority its segments, oldest first. */
final class Run {
  private final long boot;
  private final byte[] origin;
  private final Map<Priority, List<Segment>> lanes = new EnumMap<>(Priority.class);

  Run(long boot, byte[] origin) {
    this.boot = boot;
    this.origin = origin;
    for (Priority priority : Priority.values()) {
      lanes.put(priority, new ArrayList<>());
    }
  }

  /** A stretch of a segment that was handed out. */
  record Piece(Segment segment, long from, long to, int records) {}

  /**
   * Records of a slice whose numbers have no gap between them, and where they came from: what an
   * ack names is such a stretch, for what lies in a gap may be on the way in another frame.
   */
  record Stretch(long first, long last, List<Piece> pieces) {}

  /** Records in the order of their numbers, and the stretches they consist of. */
  record Taken(Slice slice, List<Stretch> stretches) {}

  /** How much is wanted at most, bytes as on the disk; a single record may have more. */
  record Wanted(int records, int bytes) {}

  /**
   * Ends the reading of a segment: its bytes are not those that were written, or the disk fails.
   */
  static final class Unreadable extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Segment segment;
    private final boolean damaged;

    Unreadable(Segment segment) {
      super(segment.file() + " is damaged");
      this.segment = segment;
      this.damaged = true;
    }

    Unreadable(Segment segment, IOException cause) {
      super(cause);
      this.segment = segment;
      this.damaged = false;
    }

    Segment segment() {
      return segment;
    }

    /** Whether it is certain that trying again is of no use. */
    boolean damaged() {
      return damaged;
    }
  }

  long boot() {
    return boot;
  }

  List<Segment> lane(Priority priority) {
    return Objects.requireNonNull(lanes.get(priority));
  }

  List<Segment> segments() {
    return lanes.values().stream().flatMap(List::stream).toList();
  }

  boolean isEmpty() {
    return lanes.values().stream().allMatch(List::isEmpty);
  }

  /** The next records at {@code cursor}, which moves behind them. */
  Optional<Taken> take(Cursor cursor, Wanted wanted, Map<Priority, Window> windows)
      throws Unreadable {
    Map<Priority, Head> heads = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      head(cursor, priority, windows).ifPresent(head -> heads.put(priority, head));
    }
    List<Slice.Entry> entries = new ArrayList<>();
    List<Stretch> stretches = new ArrayList<>();
    long bytes = 0;
    Optional<Head> next = first(heads);
    while (next.isPresent() && entries.size() < wanted.records()) {
      Head head = next.get();
      bytes += head.to() - head.from();
      if (bytes > wanted.bytes() && !entries.isEmpty()) {
        break;
      }
      entries.add(head.entry());
      addTo(stretches, head);
      head.segment().moveTo(cursor, head.to());
      heads.remove(head.segment().priority());
      try {
        head(cursor, head.segment().priority(), windows)
            .ifPresent(after -> heads.put(after.segment().priority(), after));
      } catch (Unreadable e) {
        // It stands where it stood, so the next call comes upon it first of all.
        break;
      }
      next = first(heads);
    }
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(new Taken(new Slice(boot, origin, entries), stretches));
  }

  /** The next record of one lane. */
  private record Head(Segment segment, long from, long to, Slice.Entry entry) {}

  private Optional<Head> head(Cursor cursor, Priority priority, Map<Priority, Window> windows)
      throws Unreadable {
    Optional<Segment> unread = cursor == Cursor.LIVE ? firstLive(priority) : oldest(priority);
    if (unread.isEmpty()) {
      return Optional.empty();
    }
    Segment segment = unread.get();
    Window window = Objects.requireNonNull(windows.get(priority));
    long at = segment.at(cursor);
    try {
      Window.Found found =
          window
              .read(segment.file(), priority, at, segment.limit(cursor))
              .orElseThrow(() -> new Unreadable(segment));
      Slice.Entry entry = new Slice.Entry(found.sequence(), found.payload());
      return Optional.of(new Head(segment, at, at + found.whole().remaining(), entry));
    } catch (Unreadable e) {
      throw e;
    } catch (IOException e) {
      throw new Unreadable(segment, e);
    }
  }

  private Optional<Segment> oldest(Priority priority) {
    for (Segment segment : lane(priority)) {
      if (segment.hasUnread(Cursor.BACKLOG)) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  /** What is live is at the end, and may have much backlog before it. */
  private Optional<Segment> firstLive(Priority priority) {
    Optional<Segment> first = Optional.empty();
    for (Segment segment : lane(priority).reversed()) {
      if (segment.hasUnread(Cursor.LIVE)) {
        first = Optional.of(segment);
      } else if (segment.records() > 0) {
        break;
      }
    }
    return first;
  }

  private static Optional<Head> first(Map<Priority, Head> heads) {
    return heads.values().stream().min(Comparator.comparingLong(head -> head.entry().sequence()));
  }

  private static void addTo(List<Stretch> stretches, Head head) {
    long sequence = head.entry().sequence();
    if (stretches.isEmpty() || stretches.getLast().last() + 1 != sequence) {
      stretches.add(new Stretch(sequence, sequence, new ArrayList<>(1)));
    }
    Stretch stretch = stretches.removeLast();
    stretches.add(new Stretch(stretch.first(), sequence, stretch.pieces()));
    addToPieces(stretch.pieces(), head);
  }

  private static void addToPieces(List<Piece> pieces, Head head) {
    for (int index = 0; index < pieces.size(); index++) {
      Piece piece = pieces.get(index);
      if (piece.segment() == head.segment() && piece.to() == head.from()) {
        pieces.set(index, new Piece(piece.segment(), piece.from(), head.to(), piece.records() + 1));
        return;
      }
    }
    pieces.add(new Piece(head.segment(), head.from(), head.to(), 1));
  }
}
