package parallax.coordinator.status.words;

/** Text in documents of XML and HTML. */
public final class Xml {
  private static final char REPLACEMENT = '\uFFFD';

  private Xml() {}

  /**
   * Text as it stands between tags or in a quoted attribute. What no document of XML may hold (XML
   * 1.0 section 2.2) is replaced.
   */
  public static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            each -> {
              switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(each) ? each : REPLACEMENT);
              }
            });
    return out.toString();
  }

  private static boolean isAllowed(int each) {
    return each == '\t'
        || each == '\n'
        || each == '\r'
        || (each >= 0x20 && each <= 0xD7FF)
        || (each >= 0xE000 && each <= 0xFFFD)
        || each >= 0x10000;
  }
}
