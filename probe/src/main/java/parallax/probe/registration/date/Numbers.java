package parallax.probe.registration.date;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a date without its time.
 *
 * @param digits its numbers, in order
 * @param month a month that it names
 * @param dotted whether dots stand between the numbers
 * @param unknownWords what is neither month nor filler
 */
record Numbers(
    List<String> digits, Optional<Integer> month, boolean dotted, List<String> unknownWords) {
  private static final Pattern ORDINAL = Pattern.compile("(?<=\\d)(st|nd|rd|th|er|eme)\\b");
  private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)|\\[[^]]*]|\\S+@\\S+");
  private static final Pattern TOKEN = Pattern.compile("\\d+|\\p{L}+");
  private static final Pattern DOTTED = Pattern.compile("\\d\\. ?\\d");

  Numbers {
    digits = List.copyOf(digits);
    unknownWords = List.copyOf(unknownWords);
  }

  static Numbers of(String text) {
    String plain = ORDINAL.matcher(ASIDE.matcher(text).replaceAll(" ")).replaceAll("");
    List<String> digits = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Optional<Integer> month = Optional.empty();
    Matcher token = TOKEN.matcher(plain);
    while (token.find()) {
      String word = token.group();
      Optional<Integer> named = DateWords.SHIPPED.month(word);
      if (Character.isDigit(word.charAt(0))) {
        digits.add(word);
      } else if (named.isPresent() && month.isEmpty()) {
        month = named;
      } else if (!DateWords.SHIPPED.isFiller(word) && DateWords.SHIPPED.zone(word).isEmpty()) {
        unknown.add(word);
      }
    }
    return new Numbers(digits, month, DOTTED.matcher(plain).find(), unknown);
  }
}
