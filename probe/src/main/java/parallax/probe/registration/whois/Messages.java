package parallax.probe.registration.whois;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import parallax.probe.registration.whois.table.Phrases;

/**
 * The short paragraphs of an answer. Terms of use speak of limits, blocks and what may be available
 * in long ones; what a server has to say of this query it says briefly.
 */
final class Messages {
  /** Longer paragraphs are terms of use. */
  static final int MAX_CHARS = 320;

  private static final Pattern MARKS = Pattern.compile("^[\\s%#;>*|:-]+|[\\s<*|]+$");

  private Messages() {}

  /** Each paragraph as {@link Phrases#alike} writes it, without the marks of remarks. */
  static List<String> of(List<String> lines) {
    List<String> messages = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : lines) {
      String text = MARKS.matcher(line).replaceAll("");
      if (text.isEmpty()) {
        keep(paragraph, messages);
      } else if (paragraph.length() <= MAX_CHARS) {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(text);
      }
    }
    keep(paragraph, messages);
    return messages;
  }

  private static void keep(StringBuilder paragraph, List<String> messages) {
    if (!paragraph.isEmpty() && paragraph.length() <= MAX_CHARS) {
      messages.add(Phrases.alike(paragraph.toString()));
    }
    paragraph.setLength(0);
  }
}
