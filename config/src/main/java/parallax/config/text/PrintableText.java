package parallax.config.text;

/** Makes text from outside harmless to show. */
public final class PrintableText {
  private static final char REPLACEMENT = '\uFFFD';

  private PrintableText() {}

  /**
   * {@code text} with control, format (among them the bidirectional ones), private and unassigned
   * characters and line separators replaced by U+FFFD, cut to {@code max} UTF-16 code units with an
   * ellipsis. Tabs and line breaks become spaces.
   */
  public static String bounded(String text, int max) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), max));
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      if (out.length() + Character.charCount(codePoint) > max - 1
          && index + Character.charCount(codePoint) < text.length()) {
        return out.append('…').toString();
      }
      append(out, codePoint);
      index += Character.charCount(codePoint);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    if (codePoint == '\t' || codePoint == '\n' || codePoint == '\r') {
      out.append(' ');
      return;
    }
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(REPLACEMENT);
      default -> out.appendCodePoint(codePoint);
    }
  }
}
