package parallax.probe.bgp.mrt;

import java.util.function.Consumer;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.mrt.MrtSummary.Problem;
import parallax.probe.bgp.route.RouteEvent;

/**
 * What a record holds, and where what is read of it goes: events, and what is wrong.
 *
 * @param cursor over the record, its offsets from the record's first byte
 * @param offset where that byte stands in the file
 */
record RecordBody(
    Cursor cursor, long offset, Consumer<RouteEvent> events, Consumer<Problem> problems) {
  /** Whether so many bytes are left; reports it when they are not. */
  boolean has(int count) {
    if (cursor.has(count)) {
      return true;
    }
    problem(cursor.offset(), "the record is cut off");
    return false;
  }

  /** Reports a problem at so many bytes from the start of the record. */
  void problem(int at, String reason) {
    problems.accept(new Problem(offset + at, reason));
  }

  /** Reports bytes that nothing accounts for. */
  void judgeRest() {
    if (cursor.left() > 0) {
      problem(cursor.offset(), "bytes after the end of the record's content: " + cursor.left());
    }
  }
}
