package parallax.coordinator.notify.mail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.observation.Printable;
import parallax.coordinator.notify.letter.Letter;

/** What of a letter is shown in a mail, made harmless, in both of its forms the same. */
final class Bounds {
  /** Entries of one list. */
  static final int MAX_ITEMS = 30;

  /** UTF-16 code units of one text. */
  static final int MAX_TEXT = 600;

  private static final int MAX_LINK = 2000;
  private static final Set<String> SCHEMES = new TreeSet<>(List.of("http", "https"));

  private Bounds() {}

  static String text(String text) {
    return Printable.bounded(text, MAX_TEXT);
  }

  static <T> List<T> items(List<T> all) {
    return all.stream().limit(MAX_ITEMS).toList();
  }

  /** The targets that are hit, and how many more. */
  static List<String> members(Letter letter, Words words) {
    List<String> shown = new ArrayList<>(items(letter.members()));
    int more = letter.moreMembers() + letter.members().size() - shown.size();
    if (more > 0) {
      shown.add(words.more(more));
    }
    return shown;
  }

  /** Those that lead to the web, and nowhere else. */
  static List<Letter.Link> links(Letter letter) {
    return letter.links().stream()
        .filter(link -> link.target().getScheme() != null && link.target().getHost() != null)
        .filter(link -> SCHEMES.contains(link.target().getScheme().toLowerCase(Locale.ROOT)))
        .filter(link -> link.target().toASCIIString().length() <= MAX_LINK)
        .limit(MAX_ITEMS)
        .toList();
  }

  static String footer(Letter letter, Words words) {
    return words
        .of("footer")
        .replace("{0}", Integer.toString(letter.number()))
        .replace("{2}", words.at(letter.times().written()))
        .replace("{1}", text(letter.incident()));
  }
}
