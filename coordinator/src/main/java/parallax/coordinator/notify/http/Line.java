package parallax.coordinator.notify.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import parallax.coordinator.notify.letter.Letter;

/**
 * A text as receivers may get it: one line of valid Unicode without controls, directions or other
 * characters that do not show, and bounded. What a letter says should be so already; what goes out
 * does not depend on it. Pure.
 */
public final class Line {
  /** A link that is longer is not told: some receivers refuse the whole message for it. */
  public static final int MAX_LINK = 2000;

  private static final char CUT = '…';
  private static final int REPLACEMENT = 0xFFFD;

  private Line() {}

  /**
   * The line.
   *
   * @param max in UTF-16 units, at least one; what is cut ends in an ellipsis
   */
  public static String of(String text, int max) {
    StringBuilder line = new StringBuilder();
    boolean space = false;
    // Each turn takes a code point, and what is longer than needed is not looked at.
    for (int at = 0; at < text.length() && line.length() <= max; ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (isBlank(point)) {
        space = !line.isEmpty();
      } else if (isShown(point)) {
        if (space) {
          line.append(' ');
          space = false;
        }
        line.appendCodePoint(isSurrogate(point) ? REPLACEMENT : point);
      }
    }
    return cut(line.toString(), max);
  }

  /** At most so many UTF-16 units, without half a character at the end. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + CUT;
  }

  /** The length in UTF-8, which is what services limit. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Where a link goes, in ASCII; empty when it is not http or https, or too long. */
  public static Optional<String> target(Letter.Link link) {
    URI target = link.target();
    String scheme = Optional.ofNullable(target.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("https") || scheme.equals("http");
    // Half a character has no ASCII form.
    boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(target.toString());
    return web && whole && target.getHost() != null
        ? Optional.of(target.toASCIIString()).filter(text -> text.length() <= MAX_LINK)
        : Optional.empty();
  }

  private static boolean isBlank(int point) {
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.CONTROL -> true;
      default -> false;
    };
  }

  private static boolean isSurrogate(int point) {
    return Character.getType(point) == Character.SURROGATE;
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT, Character.UNASSIGNED -> false;
      default -> !isFiller(point);
    };
  }

  /** Letters that look like nothing: the Hangul fillers, and the empty Braille pattern. */
  private static boolean isFiller(int point) {
    return point == 0x115F
        || point == 0x1160
        || point == 0x3164
        || point == 0xFFA0
        || point == 0x2800;
  }
}
