package parallax.coordinator.notify.slack;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts as Slack shows them, whatever they hold. What Slack calls control characters ({@code & <
 * >}) becomes entities, everywhere; where Slack reads its own markup ({@code mrkdwn}) marks that
 * could open or close a style, and names of emoji, get a look-alike, for there is no way to escape
 * them. No invisible characters are used for that, since people copy what they see into shells.
 */
final class SlackText {
  /** Of a header, in characters. */
  static final int MAX_HEADER = 150;

  /** Of any text. */
  static final int MAX_TEXT = 3000;

  /** Of a field of a section. */
  static final int MAX_FIELD = 2000;

  /** Of a button's words. */
  static final int MAX_BUTTON = 75;

  /** Of the address of a link. */
  static final int MAX_URL = 3000;

  /** Names are lower-case, of any script, and digits; {@code +1} is the one with a plus. */
  private static final Pattern EMOJI =
      Pattern.compile(":(?=(\\+1|[\\p{Ll}\\p{Lo}\\p{M}0-9_'-]{1,100}):)");

  private static final Pattern NUMBER = Pattern.compile("[0-9-]+");
  private static final List<String> NUMBERS_THAT_ARE_EMOJI = List.of("100", "1234", "-1");

  private SlackText() {}

  /** For {@code plain_text}, at most {@code max} characters, entities counted as written. */
  static String plain(String text, int max) {
    return bounded(text, max);
  }

  /** For {@code mrkdwn}: one line, in which nothing means anything. */
  static String marked(String text, int max) {
    return bounded(withoutStyles(text.replace('\r', ' ').replace('\n', ' ')), max);
  }

  /** The address of a link in {@code mrkdwn}; empty when it is too long for Slack. */
  static String address(String url) {
    String written = entities(url).replace("|", "%7C").replace("\"", "%22").replace(" ", "%20");
    return written.length() <= MAX_URL ? written : "";
  }

  private static String entities(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Cut between characters, never within an entity or a pair. */
  private static String bounded(String text, int max) {
    String whole = entities(text);
    if (whole.length() <= max) {
      return whole;
    }
    StringBuilder out = new StringBuilder(max);
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      String next = entities(Character.toString(codePoint));
      if (out.length() + next.length() > max - 1) {
        break;
      }
      out.append(next);
      index += Character.charCount(codePoint);
    }
    return out.append('…').toString();
  }

  private static String withoutStyles(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); index++) {
      char mark = text.charAt(index);
      boolean within =
          index > 0
              && index + 1 < text.length()
              && isWord(text.charAt(index - 1))
              && isWord(text.charAt(index + 1));
      out.append(
          switch (mark) {
            case '`' -> 'ˋ';
            case '*' -> within ? mark : '∗';
            case '_' -> within ? mark : 'ˍ';
            case '~' -> within ? mark : '∼';
            // Slack quotes a line that begins so, though it is written as an entity.
            case '>' -> out.toString().isBlank() ? '›' : mark;
            default -> mark;
          });
    }
    return withoutEmoji(out.toString());
  }

  /** ASCII alone: what Slack holds to be a letter in other scripts nobody has written down. */
  private static boolean isWord(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }

  private static String withoutEmoji(String text) {
    return EMOJI
        .matcher(text)
        .replaceAll(
            found -> {
              String name = found.group(1);
              boolean time =
                  NUMBER.matcher(name).matches() && !NUMBERS_THAT_ARE_EMOJI.contains(name);
              return time ? ":" : "∶";
            });
  }
}
