package parallax.probe.http;

import io.netty.buffer.ByteBuf;

/**
 * Counts the lines of an HTTP/1.1 answer's header, before anybody decodes them. The decoder joins
 * folded lines one by one, at a cost that grows with the square of their number.
 */
final class HeadLines {
  /** The answer's own header lines, its status line, and a few of answers before the answer. */
  static final int MAX = AnswerReader.MAX_HEADER_LINES + 4 * AnswerReader.MAX_INFORMATIONAL;

  /** Where the first digit of the status stands in a status line (RFC 9112 section 4). */
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private int lines;
  private int column;
  private boolean statusLine = true;
  private boolean informational;
  private boolean over;

  /** Looks through {@code bytes} without taking them; false when there are too many lines. */
  boolean accept(ByteBuf bytes) {
    for (int at = bytes.readerIndex(); at < bytes.writerIndex() && !over; at++) {
      byte next = bytes.getByte(at);
      if (next == '\n') {
        endLine();
      } else if (next != '\r') {
        if (statusLine && column == STATUS_AT) {
          informational = next == '1';
        }
        column++;
      }
    }
    return lines <= MAX;
  }

  private void endLine() {
    lines++;
    boolean blank = column == 0 && !statusLine;
    // After an answer before the answer another header follows; after the answer its body.
    over = (blank && !informational) || lines > MAX;
    statusLine = blank || (statusLine && column == 0);
    column = 0;
  }
}
