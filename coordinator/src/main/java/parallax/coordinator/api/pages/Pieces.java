package parallax.coordinator.api.pages;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.access.Personal;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.page.Frame;

/**
 * A page that is made once for many, in pieces between what is of one reader alone, each compressed
 * once. What is of one reader is put between them as it is (RFC 1951 section 3.2.4): it costs
 * nothing to speak of, and the length of the whole tells nothing of it (BREACH, CVE-2013-3587).
 */
final class Pieces {
  private static final Pattern MARK =
      Pattern.compile(
          Stream.of(Frame.LANGUAGES, Frame.WHO, Frame.FORM_TOKEN)
              .map(Pattern::quote)
              .collect(Collectors.joining("|")));

  private static final String HTML = "text/html";

  /** RFC 1952 section 2.3: deflate, no flags, no time, an unknown system. */
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** An empty block that is the last one. */
  private static final byte[] END = {1, 0, 0, (byte) 0xff, (byte) 0xff};

  /** What a block holds at most that is not compressed. */
  private static final int MAX_STORED = 0xffff;

  private final Reply made;
  private final List<byte[]> plain = new ArrayList<>();
  private final List<byte[]> compressed = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();

  /** The pieces of a reply, which has marks only when it is HTML. */
  Pieces(Reply made) {
    this.made = made;
    if (!made.contentType().startsWith(HTML)) {
      add(made.body().getBytes());
      return;
    }
    String html = made.body().toString(StandardCharsets.UTF_8);
    Matcher mark = MARK.matcher(html);
    int from = 0;
    while (mark.find()) {
      add(html.substring(from, mark.start()).getBytes(StandardCharsets.UTF_8));
      marks.add(mark.group());
      from = mark.end();
    }
    add(html.substring(from).getBytes(StandardCharsets.UTF_8));
  }

  private void add(byte[] piece) {
    plain.add(piece);
    compressed.add(compressed(piece));
  }

  /** Whole bytes of blocks that refer to nothing before them. */
  private static byte[] compressed(byte[] piece) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(piece);
      Buffer out = Buffer.buffer(piece.length / 6 + 64);
      byte[] some = new byte[8192];
      int length;
      do {
        length = deflater.deflate(some, 0, some.length, Deflater.FULL_FLUSH);
        out.appendBytes(some, 0, length);
      } while (length == some.length);
      return out.getBytes();
    } finally {
      deflater.end();
    }
  }

  /** How much is kept, in bytes. */
  int size() {
    return plain.stream().mapToInt(piece -> piece.length).sum()
        + compressed.stream().mapToInt(piece -> piece.length).sum();
  }

  /**
   * The page as one reader gets it.
   *
   * @param path where they are, with its query
   */
  Reply to(Visitor visitor, String path, boolean zip) {
    List<byte[]> between = new ArrayList<>();
    for (String mark : marks) {
      between.add(Personal.filled(mark, visitor, path).getBytes(StandardCharsets.UTF_8));
    }
    Reply whole =
        new Reply(
            made.status(),
            made.contentType(),
            made.headers(),
            zip ? zipped(between) : joined(between));
    return zip ? whole.with("Content-Encoding", "gzip") : whole;
  }

  private Buffer joined(List<byte[]> between) {
    Buffer body = Buffer.buffer(size());
    for (int index = 0; index < plain.size(); index++) {
      body.appendBytes(plain.get(index));
      if (index < between.size()) {
        body.appendBytes(between.get(index));
      }
    }
    return body;
  }

  private Buffer zipped(List<byte[]> between) {
    CRC32 sum = new CRC32();
    Buffer body = Buffer.buffer(size() / 4 + 256).appendBytes(HEAD);
    int length = 0;
    for (int index = 0; index < plain.size(); index++) {
      body.appendBytes(compressed.get(index));
      sum.update(plain.get(index));
      length += plain.get(index).length;
      if (index < between.size()) {
        byte[] own = between.get(index);
        stored(body, own);
        sum.update(own);
        length += own.length;
      }
    }
    ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES * 2).order(ByteOrder.LITTLE_ENDIAN);
    tail.putInt((int) sum.getValue()).putInt(length);
    return body.appendBytes(END).appendBytes(tail.array());
  }

  private static void stored(Buffer body, byte[] own) {
    for (int from = 0; from < own.length; from += MAX_STORED) {
      int length = Math.min(MAX_STORED, own.length - from);
      body.appendByte((byte) 0)
          .appendUnsignedShortLE(length)
          .appendUnsignedShortLE(length ^ MAX_STORED)
          .appendBytes(own, from, length);
    }
  }
}
