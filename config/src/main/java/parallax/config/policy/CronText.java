package parallax.config.policy;

import java.util.List;
import java.util.Locale;

/**
 * The five fields of cron: minute, hour, day of month, month, day of week (0 and 7 are Sunday).
 * Lists, ranges, steps and the English names of months and days are allowed; {@code 5/15} is every
 * 15th from 5 on.
 */
public final class CronText {
  private static final List<Part> PARTS =
      List.of(
          new Part("minute", 0, 59, List.of()),
          new Part("hour", 0, 23, List.of()),
          new Part("day of month", 1, 31, List.of()),
          new Part(
              "month",
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new Part("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));
  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;
  private static final int SUNDAY_AS_7 = 7;
  private static final int MAX_SHOWN = 20;

  private CronText() {}

  /** What came of reading. */
  public sealed interface Parsed {}

  /** The text is one of cron. */
  public record Valid(Cron cron) implements Parsed {}

  /** It is not. */
  public record Invalid(String problem) implements Parsed {}

  /** Reads {@code text}. */
  public static Parsed parse(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != PARTS.size()) {
      return new Invalid(
          "cron needs 5 fields (minute, hour, day of month, month, day of week), found "
              + fields.length);
    }
    long[] sets = new long[fields.length];
    for (int index = 0; index < fields.length; index++) {
      for (String item : fields[index].split(",", -1)) {
        long numbers = PARTS.get(index).numbers(item);
        if (numbers == 0) {
          return new Invalid(PARTS.get(index).problem(item));
        }
        sets[index] |= numbers;
      }
    }
    long weekdays = (sets[DAY_OF_WEEK] | (sets[DAY_OF_WEEK] >>> SUNDAY_AS_7)) & 0b111_1111;
    boolean eitherDay =
        !fields[DAY_OF_MONTH].startsWith("*") && !fields[DAY_OF_WEEK].startsWith("*");
    return new Valid(new Cron(sets[0], sets[1], sets[DAY_OF_MONTH], sets[3], weekdays, eitherDay));
  }

  /**
   * A field.
   *
   * @param words that stand for numbers from {@code min} on
   */
  private record Part(String name, int min, int max, List<String> words) {
    /** The numbers that an item of the field's list names; none when it can't be read. */
    long numbers(String item) {
      int slash = item.indexOf('/');
      String range = slash < 0 ? item : item.substring(0, slash);
      int step = slash < 0 ? 1 : number(item.substring(slash + 1));
      int dash = range.indexOf('-');
      boolean open = range.equals("*") || (dash < 0 && slash >= 0);
      int first = range.equals("*") ? min : value(dash < 0 ? range : range.substring(0, dash));
      int last = open ? max : value(range.substring(dash + 1));
      if (step < 1 || step > max || first < min || first > last || last > max) {
        return 0;
      }
      long numbers = 0;
      for (int number = first; number <= last; number += step) {
        numbers |= 1L << number;
      }
      return numbers;
    }

    String problem(String item) {
      String written = item.length() > MAX_SHOWN ? item.substring(0, MAX_SHOWN) + "…" : item;
      return "cron's "
          + name
          + " must be *, or of "
          + min
          + " to "
          + max
          + " a number, a range a-b, a step */n or a list of these; found '"
          + written
          + "'";
    }

    private int value(String text) {
      int word = words.indexOf(text.toLowerCase(Locale.ROOT));
      return word < 0 ? number(text) : word + min;
    }

    private static int number(String text) {
      boolean digits =
          !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
      return digits ? Integer.parseInt(text) : -1;
    }
  }
}
