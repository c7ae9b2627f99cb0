package parallax.probe.registration.whois;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import parallax.probe.registration.Limits;

/** The bytes of an answer as text; no protocol element says in which charset they are. */
final class AnswerText {
  /** Longer answers are zone dumps or attacks. */
  static final int MAX_LINES = 5_000;

  static final int MAX_LINE_CHARS = 1_000;

  /** Wider gaps say no more than this one. */
  static final int MAX_GAP = 64;

  private static final byte ESCAPE = 0x1b;
  private static final String JAPANESE = "ISO-2022-JP";

  private AnswerText() {}

  /**
   * The lines of {@code answer}: ISO-2022-JP where it switches charsets, else UTF-8 where it is
   * that, else what the registry is known for.
   */
  static List<String> lines(byte[] answer, Charset ofRegistry) {
    byte[] read =
        answer.length > Limits.MAX_ANSWER_BYTES
            ? Arrays.copyOf(answer, Limits.MAX_ANSWER_BYTES)
            : answer;
    return decoded(read, ofRegistry)
        .lines()
        .limit(MAX_LINES)
        .map(line -> line.length() > MAX_LINE_CHARS ? line.substring(0, MAX_LINE_CHARS) : line)
        .map(AnswerText::visible)
        .toList();
  }

  private static String decoded(byte[] answer, Charset ofRegistry) {
    if (switchesCharset(answer) && Charset.isSupported(JAPANESE)) {
      return new String(answer, Charset.forName(JAPANESE));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(answer))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(answer, ofRegistry);
    }
  }

  private static boolean switchesCharset(byte[] answer) {
    for (int at = 0; at + 1 < answer.length; at++) {
      boolean escape = answer[at] == ESCAPE;
      if (escape && (answer[at + 1] == '$' || answer[at + 1] == '(')) {
        return true;
      }
    }
    return false;
  }

  /** Without byte order mark, other marks nobody sees, and endless gaps. */
  private static String visible(String line) {
    StringBuilder kept = new StringBuilder(line.length());
    int gap = 0;
    for (int at = 0; at < line.length(); at++) {
      char letter = line.charAt(at);
      boolean space = letter == ' ' || letter == '\t' || letter == '\u00a0' || letter == '\u3000';
      gap = space ? gap + 1 : 0;
      if (space && gap <= MAX_GAP) {
        kept.append(letter == '\t' ? '\t' : ' ');
      } else if (!space && !Character.isISOControl(letter) && letter != '\ufeff') {
        kept.append(letter);
      }
    }
    return kept.toString();
  }
}
