package parallax.probe.registration.date;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text with accents, case, wide forms and runs of white space made alike. */
final class FoldedText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u3000]+");
  private static final Pattern CALENDAR_SIGNS = Pattern.compile("[\\u5e74\\u6708]");
  private static final Pattern TICKET = Pattern.compile(" #\\d*$");
  private static final Pattern ENDS = Pattern.compile("^[\\s;,=\"']+|[\\s;,.\"']+$");

  private FoldedText() {}

  static String of(String raw) {
    String alike = Normalizer.normalize(raw, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String plain = MARKS.matcher(alike).replaceAll("");
    String numbers = CALENDAR_SIGNS.matcher(plain).replaceAll("-").replace('\u65e5', ' ');
    String spaced = SPACES.matcher(numbers.replace("\u0131", "i")).replaceAll(" ").strip();
    return ENDS.matcher(TICKET.matcher(spaced).replaceAll("")).replaceAll("");
  }
}
