package parallax.config.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;

/** Turns the bytes of a file into text that YAML allows (YAML 1.2 section 5.1). */
final class Utf8Text {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8Text() {}

  /** The text of {@code bytes}; empty, with a problem noted, when it is none. */
  static Optional<String> decode(Path file, ByteBuffer bytes, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = bytes.duplicate();
    CharBuffer out = CharBuffer.allocate(bytes.remaining());
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      String found = String.format("0x%02x", in.get(in.position()));
      problems.error(
          endOf(file, text),
          "byte " + found + " is not UTF-8; save the file in the encoding UTF-8");
      return Optional.empty();
    }
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    return isPrintable(file, text, problems) ? Optional.of(text) : Optional.empty();
  }

  private static boolean isPrintable(Path file, String text, Problems problems) {
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      if (!StreamReader.isPrintable(codePoint) || codePoint == BYTE_ORDER_MARK) {
        problems.error(
            endOf(file, text.substring(0, index)),
            String.format(
                "character U+%04X is not allowed in YAML; write \"\\u%04X\" in double quotes",
                codePoint, codePoint));
        return false;
      }
      index += Character.charCount(codePoint);
    }
    return true;
  }

  /** The place right after {@code text}. */
  private static Place endOf(Path file, String text) {
    int line = 1;
    int lineStart = 0;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      boolean carriageReturnOfPair = character == '\r' && text.startsWith("\n", index + 1);
      if ((character == '\n' || character == '\r') && !carriageReturnOfPair) {
        line++;
        lineStart = index + 1;
      }
    }
    return new Place(file, line, text.codePointCount(lineStart, text.length()) + 1);
  }
}
