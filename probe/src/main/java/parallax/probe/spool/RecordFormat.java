package parallax.probe.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import parallax.config.wire.Priority;

/**
 * How things lie in a segment, in network byte order.
 *
 * <pre>
 * segment:  magic 4 | priority 1 | boot 8 | length of origin 2 | origin | CRC-32C 4
 * record:   length of payload 4 | CRC-32C 4 | number 8 | priority 1 | payload
 * </pre>
 *
 * The sum of a record is over all of it but itself (RFC 3720 appendix B.4).
 */
final class RecordFormat {
  /** Bytes of a record before its payload. */
  static final int RECORD_HEAD = 4 + 4 + 8 + 1;

  /** The largest payload, in bytes: many times what an observation of all facts takes. */
  static final int MAX_PAYLOAD = 128 * 1024;

  /** The longest origin, in bytes. */
  static final int MAX_ORIGIN = 1_024;

  /** "PXS" and the version of this format. */
  private static final int MAGIC = 0x50585301;

  private static final int FIXED_HEAD = 4 + 1 + 8 + 2;
  private static final int SUM_BYTES = 4;
  private static final int LENGTH_BYTES = 4;

  /** The largest head of a segment. */
  static final int MAX_SEGMENT_HEAD = FIXED_HEAD + MAX_ORIGIN + SUM_BYTES;

  private RecordFormat() {}

  /** The head of a segment. */
  record Head(Priority priority, long boot, ByteBuffer origin, int bytes) {}

  static ByteBuffer segmentHead(Priority priority, long boot, byte[] origin) {
    ByteBuffer out = ByteBuffer.allocate(FIXED_HEAD + origin.length + SUM_BYTES);
    out.putInt(MAGIC).put(code(priority)).putLong(boot).putShort((short) origin.length).put(origin);
    return out.putInt(sum(out.duplicate().flip())).flip();
  }

  /** Empty when {@code in} does not begin with a whole head. */
  static Optional<Head> segmentHead(ByteBuffer in) {
    if (in.remaining() < FIXED_HEAD + SUM_BYTES || in.getInt(0) != MAGIC) {
      return Optional.empty();
    }
    int length = Short.toUnsignedInt(in.getShort(FIXED_HEAD - 2));
    if (length > MAX_ORIGIN || in.remaining() < FIXED_HEAD + length + SUM_BYTES) {
      return Optional.empty();
    }
    if (sum(in.slice(0, FIXED_HEAD + length)) != in.getInt(FIXED_HEAD + length)) {
      return Optional.empty();
    }
    ByteBuffer origin = in.slice(FIXED_HEAD, length);
    return priority(in.get(4))
        .map(p -> new Head(p, in.getLong(5), origin, FIXED_HEAD + length + SUM_BYTES));
  }

  /** Fills {@code out} with a record, ready to be written. */
  static void record(ByteBuffer out, long sequence, Priority priority, byte[] payload) {
    out.clear();
    out.putInt(payload.length).putInt(0).putLong(sequence).put(code(priority)).put(payload).flip();
    out.putInt(LENGTH_BYTES, recordSum(out));
  }

  /**
   * The length of the whole record that {@code in} begins with; 0 when {@code in} does not begin
   * with the head of one.
   */
  static int length(ByteBuffer in) {
    if (in.remaining() < RECORD_HEAD) {
      return 0;
    }
    int payload = in.getInt(in.position());
    return payload < 0 || payload > MAX_PAYLOAD ? 0 : RECORD_HEAD + payload;
  }

  /** Whether {@code record}, a whole one, is as it was written. */
  static boolean isSound(ByteBuffer record, Priority priority) {
    return record.getInt(record.position() + LENGTH_BYTES) == recordSum(record)
        && record.get(record.position() + RECORD_HEAD - 1) == code(priority);
  }

  static long sequence(ByteBuffer record) {
    return record.getLong(record.position() + LENGTH_BYTES + SUM_BYTES);
  }

  private static int recordSum(ByteBuffer record) {
    CRC32C sum = new CRC32C();
    sum.update(record.slice(record.position(), LENGTH_BYTES));
    int rest = LENGTH_BYTES + SUM_BYTES;
    sum.update(record.slice(record.position() + rest, record.remaining() - rest));
    return (int) sum.getValue();
  }

  private static int sum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  private static byte code(Priority priority) {
    return switch (priority) {
      case ROUTINE -> 0;
      case TROUBLE -> 1;
      case CHANGE -> 2;
    };
  }

  private static Optional<Priority> priority(byte code) {
    return Arrays.stream(Priority.values()).filter(p -> code(p) == code).findFirst();
  }
}
