package parallax.coordinator.notify.mail.message;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import parallax.config.observation.Printable;

/**
 * Text in headers. What it writes holds printable ASCII and, where it folds, a line break with a
 * space behind it; so no text can begin a header of its own.
 */
final class HeaderText {
  /** White space at which a header goes on in the next line. */
  static final String FOLD = "\r\n ";

  /** So that a word and the name of its header fit in a line of 76 characters. */
  private static final int ENCODED_OCTETS = 39;

  private static final int LONGEST_NAME = "X-Parallax-Incident: ".length();
  private static final int MAX_PHRASE = 60;

  /** Words that fit in a line, one space between them. */
  private static final Pattern PLAIN = Pattern.compile("[!-~]{1,60}(?: [!-~]{1,60})*");

  private static final Pattern PHRASE = Pattern.compile("[A-Za-z0-9 _-]*");

  private HeaderText() {}

  /** Unstructured text, cut to {@code max} UTF-16 code units. */
  static String of(String text, int max) {
    String clean = Printable.bounded(text, max).strip();
    // What already looks like an encoded word would be read as what it encodes.
    boolean plain = PLAIN.matcher(clean).matches() && !clean.contains("=?");
    return plain ? MimeUtility.fold(LONGEST_NAME, clean) : encoded(clean);
  }

  /** The name before an address. */
  static String phrase(String text, int max) {
    String clean = Printable.bounded(text, max).strip();
    return clean.length() <= MAX_PHRASE && PHRASE.matcher(clean).matches() ? clean : encoded(clean);
  }

  /** RFC 2047 section 2: words of at most 75 characters, none of which splits a character. */
  private static String encoded(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int octets = 0;
    for (int index = 0; index < text.length(); ) {
      int codePoint = text.codePointAt(index);
      String character = Character.toString(codePoint);
      int length = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + length > ENCODED_OCTETS) {
        words.add(word(word));
        word.setLength(0);
        octets = 0;
      }
      word.append(character);
      octets += length;
      index += Character.charCount(codePoint);
    }
    words.add(word(word));
    return String.join(FOLD, words);
  }

  private static String word(CharSequence text) {
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
  }
}
