package parallax.probe.registration.whois.table;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text in lower case, without accents and wide forms. */
final class PlainText {
  private static final int ASCII = 0x80;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private PlainText() {}

  static String of(String text) {
    if (text.chars().allMatch(letter -> letter < ASCII)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    return MARKS.matcher(apart).replaceAll("");
  }
}
