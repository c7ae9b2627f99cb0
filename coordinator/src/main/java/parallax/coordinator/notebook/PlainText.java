package parallax.coordinator.notebook;

import java.util.regex.Pattern;

/**
 * Text of people as it is kept: without what is invisible and can change how the rest reads or is
 * carried (control characters, marks that change the direction of writing, half characters).
 */
public final class PlainText {
  /** Characters of a note; more are refused before, and cut off here. */
  public static final int MAX_TEXT = 10_000;

  /** Characters of a line. */
  public static final int MAX_LINE = 500;

  /** Characters of a name. */
  public static final int MAX_NAME = 100;

  private static final Pattern LINE_ENDS = Pattern.compile("\r\n?|[\u0085\u2028\u2029]");
  private static final String HIDDEN =
      "\\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
          + "\\x{e0000}-\\x{e007f}";
  private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}&&[^\n\t]]|[" + HIDDEN + "]");
  private static final Pattern NOT_LINE = Pattern.compile("[\\p{Cc}" + HIDDEN + "]");

  private PlainText() {}

  /** Several lines, ended by line feeds. */
  public static String text(String text) {
    String ended = LINE_ENDS.matcher(text).replaceAll("\n");
    return cut(NOT_TEXT.matcher(ended).replaceAll("\ufffd").strip(), MAX_TEXT);
  }

  /** One line. */
  public static String line(String text, int most) {
    String one = LINE_ENDS.matcher(text).replaceAll(" ").replace('\n', ' ').replace('\t', ' ');
    return cut(NOT_LINE.matcher(one).replaceAll("\ufffd").strip(), most);
  }

  /** Never between the halves of a character. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean halved = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, halved ? most - 1 : most);
  }
}
