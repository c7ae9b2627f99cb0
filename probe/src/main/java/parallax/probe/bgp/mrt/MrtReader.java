package parallax.probe.bgp.mrt;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.mrt.MrtSummary.Problem;
import parallax.probe.bgp.route.RouteEvent;

/**
 * Reads MRT records (RFC 6396, RFC 8050) one after the other, in memory bounded by the longest
 * record. A damaged one is told with its place, and reading goes on with the next that can be
 * found.
 */
public final class MrtReader {
  private static final int MICROSECOND_BYTES = 4;
  private static final int NANOS_PER_MICROSECOND = 1000;

  private final MrtStream stream;
  private final Tally tally;
  private final MessageRecords messages;
  private final TableRecords tables;
  private final LegacyRecords legacy;

  /** The time of the last record that was sound; 0 before the first. */
  private long lastSeconds;

  private MrtReader(InputStream in, String source, Consumer<RouteEvent> events) {
    this.stream = new MrtStream(in);
    this.tally = new Tally(events);
    Peers peers = new Peers(source);
    this.messages = new MessageRecords(peers);
    this.tables = new TableRecords(peers);
    this.legacy = new LegacyRecords(peers);
  }

  /**
   * Reads all of a stream, unpacked already ({@link MrtFile} does that).
   *
   * @param source the name that its peers get for {@code Peer.source()}
   * @param events told of everything in the order of the file
   */
  public static MrtSummary read(InputStream in, String source, Consumer<RouteEvent> events) {
    return new MrtReader(in, source, events).read();
  }

  private MrtSummary read() {
    while (stream.has(RecordHeader.BYTES)) {
      RecordHeader header = stream.header(0);
      String wrong = header.isPossible() ? "" : "no header of a record";
      if (wrong.isEmpty() && !stream.has(bytes(header))) {
        wrong = "the record is cut off";
      }
      if (wrong.isEmpty()) {
        wrong = isFollowed(header) ? sound(header) : doubtful(header);
      }
      if (!wrong.isEmpty()) {
        resynchronise(wrong);
      }
    }
    boolean rest = stream.ahead() > 0;
    if (stream.failure().isPresent()) {
      long end = stream.offset() + stream.ahead();
      tally.damage(end, "the file ends here: " + stream.failure().get());
    } else if (rest) {
      tally.damage(stream.offset(), "the header of a record is cut off");
    }
    return tally.summary();
  }

  private static int bytes(RecordHeader header) {
    return RecordHeader.BYTES + (int) header.length();
  }

  /** Whether what comes after the record, all of which is there, looks like one, or is the end. */
  private boolean isFollowed(RecordHeader header) {
    int next = bytes(header);
    return !stream.has(next + RecordHeader.BYTES) || stream.header(next).isPossible();
  }

  private String sound(RecordHeader header) {
    decode(header, tally, tally::problem);
    pass(header);
    return "";
  }

  /**
   * A record that no record follows: its length is wrong, which then shows in its content, or the
   * damage comes after it.
   */
  private String doubtful(RecordHeader header) {
    List<RouteEvent> events = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    decode(header, events::add, problems::add);
    if (!problems.isEmpty()) {
      return problems.getFirst().reason();
    }
    events.forEach(tally);
    pass(header);
    return "";
  }

  private void pass(RecordHeader header) {
    tally.record(header.type(), header.subtype());
    lastSeconds = header.seconds();
    stream.skip(bytes(header));
  }

  private void decode(
      RecordHeader header, Consumer<RouteEvent> events, Consumer<Problem> problems) {
    Cursor cursor = stream.body((int) header.length());
    RecordBody body = new RecordBody(cursor, stream.offset(), events, problems);
    long nanos = 0;
    if (header.hasMicroseconds()) {
      if (!body.has(MICROSECOND_BYTES)) {
        return;
      }
      nanos = cursor.u32() * NANOS_PER_MICROSECOND;
    }
    Instant at = Instant.ofEpochSecond(header.seconds(), nanos);
    int subtype = header.subtype();
    switch (header.type()) {
      case RecordHeader.BGP4MP, RecordHeader.BGP4MP_ET -> {
        if (MessageRecords.reads(subtype)) {
          messages.read(subtype, at, body);
        }
      }
      case RecordHeader.TABLE_DUMP_V2 -> {
        if (TableRecords.reads(subtype)) {
          tables.read(subtype, at, body);
        }
      }
      case RecordHeader.BGP -> {
        if (LegacyRecords.reads(header.type(), subtype)) {
          legacy.message(subtype, at, body);
        }
      }
      case RecordHeader.TABLE_DUMP -> {
        if (LegacyRecords.reads(header.type(), subtype)) {
          legacy.table(subtype, at, body);
        }
      }
      default -> {}
    }
  }

  /** Goes to the next place where a record starts, and another one follows it or the end. */
  private void resynchronise(String reason) {
    long start = stream.offset();
    stream.skip(1);
    while (stream.has(RecordHeader.BYTES) && !isStart()) {
      stream.skip(1);
    }
    if (!stream.has(RecordHeader.BYTES)) {
      stream.skip(stream.ahead());
    }
    String skipped = (stream.offset() - start) + " bytes skipped";
    tally.damage(start, reason + "; " + skipped);
  }

  private boolean isStart() {
    RecordHeader header = stream.header(0);
    if (!header.isLikely(lastSeconds == 0 ? header.seconds() : lastSeconds)
        || !stream.has(bytes(header))) {
      return false;
    }
    int next = bytes(header);
    return stream.has(next + RecordHeader.BYTES)
        ? stream.header(next).isLikely(header.seconds())
        : stream.ahead() == next;
  }
}
