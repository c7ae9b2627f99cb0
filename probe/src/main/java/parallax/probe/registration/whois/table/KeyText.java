package parallax.probe.registration.whois.table;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keys made alike: without accents, marks, numbers at their ends and words in brackets. */
public final class KeyText {
  /** Longer texts before a colon are sentences. */
  public static final int MAX_CHARS = 72;

  private static final Pattern BRACKETS = Pattern.compile("\\([^)]*\\)");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern NUMBERING = Pattern.compile("^\\d+[a-z]? | ?\\d+$");

  private KeyText() {}

  /** {@code raw} as the tables spell it; empty when there is no word in it. */
  public static String of(String raw) {
    if (raw.length() > MAX_CHARS) {
      return "";
    }
    String bare = BRACKETS.matcher(raw).replaceAll(" ");
    String alike = Normalizer.normalize(bare, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String words = NOT_WORDS.matcher(MARKS.matcher(alike).replaceAll("")).replaceAll(" ").strip();
    return NUMBERING.matcher(words).replaceAll("").strip();
  }
}
