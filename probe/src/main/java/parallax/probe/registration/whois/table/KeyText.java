package parallax.probe.registration.whois.table;

import java.util.regex.Pattern;

/** Keys made alike: without accents, marks, numbers at their ends and words in brackets. */
public final class KeyText {
  /** Longer texts before a colon are sentences. */
  public static final int MAX_CHARS = 72;

  private static final Pattern BRACKETS = Pattern.compile("\\([^)]*\\)");
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern NUMBERING = Pattern.compile("^\\d+[a-z]? | ?\\d+$");

  private KeyText() {}

  /** {@code raw} as the tables spell it; empty when there is no word in it. */
  public static String of(String raw) {
    if (raw.length() > MAX_CHARS) {
      return "";
    }
    String bare = raw.indexOf('(') < 0 ? raw : BRACKETS.matcher(raw).replaceAll(" ");
    String words = NOT_WORDS.matcher(PlainText.of(bare)).replaceAll(" ").strip();
    boolean numbered = words.chars().anyMatch(Character::isDigit);
    return numbered ? NUMBERING.matcher(words).replaceAll("").strip() : words;
  }
}
