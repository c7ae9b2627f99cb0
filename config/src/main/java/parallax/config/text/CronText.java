package parallax.config.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The five fields of cron: minute, hour, day of month, month, day of week (0 and 7 are Sunday).
 * Lists, ranges, steps and the English names of months and days are allowed.
 */
public final class CronText {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<Part> PARTS =
      List.of(
          new Part("minute", 0, 59, List.of()),
          new Part("hour", 0, 23, List.of()),
          new Part("day of month", 1, 31, List.of()),
          new Part("month", 1, 12, MONTHS),
          new Part("day of week", 0, 7, DAYS));

  private record Part(String name, int min, int max, List<String> words) {}

  private CronText() {}

  /** What is wrong with {@code text}; empty when nothing is. */
  public static Optional<String> problemOf(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != PARTS.size()) {
      return Optional.of(
          "cron needs 5 fields (minute, hour, day of month, month, day of week), found "
              + fields.length);
    }
    for (int index = 0; index < fields.length; index++) {
      Part part = PARTS.get(index);
      for (String item : fields[index].split(",", -1)) {
        if (!isItem(item, part)) {
          String written = item.length() > 20 ? item.substring(0, 20) + "…" : item;
          return Optional.of(
              "cron's "
                  + part.name()
                  + " must be *, or of "
                  + part.min()
                  + " to "
                  + part.max()
                  + " a number, a range a-b, a step */n or a list of these; found '"
                  + written
                  + "'");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isItem(String item, Part part) {
    int slash = item.indexOf('/');
    String range = slash < 0 ? item : item.substring(0, slash);
    if (slash >= 0) {
      int step = number(item.substring(slash + 1));
      if (step < 1 || step > part.max()) {
        return false;
      }
    }
    if (range.equals("*")) {
      return true;
    }
    int dash = range.indexOf('-');
    int first = value(dash < 0 ? range : range.substring(0, dash), part);
    int last = dash < 0 ? first : value(range.substring(dash + 1), part);
    return first >= part.min() && first <= last && last <= part.max();
  }

  private static int value(String text, Part part) {
    int word = part.words().indexOf(text.toLowerCase(Locale.ROOT));
    if (word >= 0) {
      return word + (part.words().equals(MONTHS) ? 1 : 0);
    }
    return number(text);
  }

  private static int number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(text) : -1;
  }
}
