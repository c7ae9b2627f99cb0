package parallax.coordinator.postmortem;

import java.util.List;
import parallax.coordinator.notebook.PlainText;

/**
 * Text as it has to stand in Markdown (CommonMark 0.31, with GitHub's extensions) so that it is
 * text and nothing else: no markup, no HTML, no link, no table, nobody called by name.
 */
final class Markdown {
  /** Wherever it stands. */
  private static final String ALWAYS = "\\`*_{}[]()<>#!|~&$";

  /** As the first character of a line. */
  private static final String FIRST = "-+=";

  private static final char KEEPS_APART = '\u2060';
  private static final int ASCII = 0x80;

  private Markdown() {}

  /** One line. */
  static String line(String text) {
    String plain = PlainText.line(text, PlainText.MAX_TEXT);
    StringBuilder out = new StringBuilder(plain.length() + plain.length() / 8);
    for (int at = 0; at < plain.length(); at++) {
      char character = plain.charAt(at);
      if (character < ASCII && meansSomething(plain, at)) {
        out.append('\\');
      }
      out.append(character);
      if (character == '@') {
        out.append(KEEPS_APART);
      }
    }
    return out.toString();
  }

  private static boolean meansSomething(String text, int at) {
    char character = text.charAt(at);
    return ALWAYS.indexOf(character) >= 0
        || (at == 0 && FIRST.indexOf(character) >= 0)
        || (character == '.' && (isBehindANumber(text, at) || isBehindWww(text, at)))
        || (character == ':' && !isBeforeSpaceOrDigit(text, at));
  }

  /** {@code 1.} at the start begins a list. */
  private static boolean isBehindANumber(String text, int at) {
    return text.substring(0, at).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Begins a link without being told to. */
  private static boolean isBehindWww(String text, int at) {
    return at >= 3 && text.substring(at - 3, at).equalsIgnoreCase("www");
  }

  /** Where it cannot be that of {@code https:} or {@code mailto:}. */
  private static boolean isBeforeSpaceOrDigit(String text, int at) {
    if (at + 1 == text.length()) {
      return true;
    }
    char next = text.charAt(at + 1);
    return next == ' ' || (next >= '0' && next <= '9');
  }

  /** Lines behind one another, each a quotation that stands under an item of a list. */
  static String quotation(List<String> lines) {
    StringBuilder out = new StringBuilder();
    lines.forEach(each -> out.append("  > ").append(line(each)).append("  \n"));
    return out.toString();
  }
}
