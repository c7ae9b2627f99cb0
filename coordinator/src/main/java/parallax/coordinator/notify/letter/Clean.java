package parallax.coordinator.notify.letter;

import java.text.Normalizer;

/**
 * Makes any text one bounded line that shows what it holds: no control, bidirectional or other
 * invisible characters, no line breaks, no heaps of marks. It does not escape anything: that is for
 * whoever knows the form in which it is shown.
 *
 * <p>White space of any kind becomes single spaces. Characters that show nothing are left out
 * (joiners and selectors of emoji among them), those that have no meaning to others (lone
 * surrogates, private and unassigned ones) become U+FFFD. What is left is in NFC (UAX 15).
 */
public final class Clean {
  private static final int REPLACEMENT = 0xFFFD;

  /** More marks than this on one character only hide their neighbours. */
  static final int MAX_MARKS = 4;

  /** Of a text so many times longer than its bound the rest is not looked at. */
  private static final int READ_FACTOR = 8;

  private static final int READ_AT_LEAST = 1024;

  private Clean() {}

  /**
   * {@code text} as one line.
   *
   * @param max UTF-16 code units, at least 1; what is longer ends in an ellipsis
   */
  public static String line(String text, int max) {
    if (max < 1) {
      throw new IllegalArgumentException("no room for a text: " + max);
    }
    int read = Math.max(READ_AT_LEAST, READ_FACTOR * max);
    boolean all = text.length() <= read;
    String head = all ? text : text.substring(0, read);
    String shown = withFewMarks(Normalizer.normalize(visible(head), Normalizer.Form.NFC));
    return bounded(shown.strip(), max, all);
  }

  private static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      index += Character.charCount(codePoint);
      if (isBlank(codePoint)) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else if (!isInvisible(codePoint)) {
        out.appendCodePoint(isMeaningless(codePoint) ? REPLACEMENT : codePoint);
      }
    }
    return out.toString();
  }

  private static boolean isBlank(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          true;
      // Tab, line feed, vertical tab, form feed, carriage return, next line, blank Braille.
      default ->
          (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 || codePoint == 0x2800;
    };
  }

  /** Default_Ignorable_Code_Point (UAX 44), controls and whatever else formats only. */
  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || codePoint == 0x034F
        || isWithin(codePoint, 0x115F, 0x1160)
        || isWithin(codePoint, 0x17B4, 0x17B5)
        || isWithin(codePoint, 0x180B, 0x180F)
        || codePoint == 0x2065
        || codePoint == 0x3164
        || isWithin(codePoint, 0xFE00, 0xFE0F)
        || codePoint == 0xFFA0
        || isWithin(codePoint, 0xFFF0, 0xFFFB)
        || isWithin(codePoint, 0x1BCA0, 0x1BCA3)
        || isWithin(codePoint, 0x1D173, 0x1D17A)
        || isWithin(codePoint, 0xE0000, 0xE0FFF);
  }

  private static boolean isWithin(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }

  private static boolean isMeaningless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }

  private static String withFewMarks(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int marks = 0;
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      index += Character.charCount(codePoint);
      marks = isMark(codePoint) ? marks + 1 : 0;
      if (marks <= MAX_MARKS) {
        out.appendCodePoint(codePoint);
      }
    }
    return out.toString();
  }

  private static boolean isMark(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      default -> false;
    };
  }

  private static String bounded(String text, int max, boolean all) {
    if (all && text.length() <= max) {
      return text;
    }
    int end = Math.min(text.length(), max - 1);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + '…';
  }
}
