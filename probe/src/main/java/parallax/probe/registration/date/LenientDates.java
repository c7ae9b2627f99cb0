package parallax.probe.registration.date;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.probe.registration.date.DateRead.Told;
import parallax.probe.registration.date.DateRead.Unreadable;
import parallax.probe.registration.date.DateRead.Withheld;
import parallax.probe.registration.date.RegistryDate.Day;

/**
 * Reads a date in whatever way a registry prints it: RFC 3339 with any offset and fraction, numbers
 * in three orders, names of months in their languages, eight digits, years beyond 9999. What is
 * ambiguous or impossible gives a reason; nothing is guessed and nothing is thrown.
 */
public final class LenientDates {
  /** Longer texts are sentences, not dates. */
  public static final int MAX_CHARS = 96;

  /** The first domain under a TLD of today is of 1985; earlier years stand for "no date". */
  public static final int MIN_YEAR = 1985;

  /** Some registries write the end of time: 294247 is that of a 64-bit count of microseconds. */
  public static final int MAX_YEAR = 999_999;

  private static final int MAX_MONTH = 12;
  private static final int FULL_YEAR_DIGITS = 4;
  private static final int DIGITS_OF_DAY = 8;
  private static final int PIVOT_YEAR = 80;

  private static final Pattern SLASHED =
      Pattern.compile("(?<!\\d)(\\d{1,2})([/-])(\\d{1,2})\\2(?:\\d{4}|\\d{2})(?!\\d)");

  private LenientDates() {}

  /** Reads {@code raw}, whose white space, accents and case do not matter. */
  public static DateRead read(String raw, DateContext context) {
    if (raw.length() > MAX_CHARS) {
      return new Unreadable("too long for a date");
    }
    String text = FoldedText.of(raw);
    if (DateWords.SHIPPED.isNone(text) || text.chars().noneMatch(Character::isDigit)) {
      return new Withheld();
    }
    DateOrder order = hinted(text).orElse(context.order());
    TimeOfDay time = TimeOfDay.find(text);
    if (time.impossible()) {
      return new Unreadable("no such time of day");
    }
    Numbers numbers = Numbers.of(time.rest());
    if (!numbers.unknownWords().isEmpty()) {
      return new Unreadable("unknown word " + numbers.unknownWords().getFirst());
    }
    return switch (day(numbers, new DateContext(order, context.zone()))) {
      case Told(Day(LocalDate date, _)) -> at(date, time, context);
      case DateRead other -> other;
    };
  }

  /** The order proven by dates whose first or second number is above twelve. */
  public static DateOrder orderShownBy(List<String> values) {
    boolean dayFirst = false;
    boolean monthFirst = false;
    for (String value : values) {
      Matcher date = SLASHED.matcher(value);
      if (value.length() <= MAX_CHARS && date.find()) {
        dayFirst |= Integer.parseInt(date.group(1)) > MAX_MONTH;
        monthFirst |= Integer.parseInt(date.group(3)) > MAX_MONTH;
      }
    }
    if (dayFirst == monthFirst) {
      return DateOrder.UNKNOWN;
    }
    return dayFirst ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
  }

  private static Optional<DateOrder> hinted(String text) {
    String squeezed = text.replaceAll("[^a-z]", "").toLowerCase(Locale.ROOT);
    if (squeezed.contains("ddmmyy")) {
      return Optional.of(DateOrder.DAY_FIRST);
    }
    return squeezed.contains("mmddyy") ? Optional.of(DateOrder.MONTH_FIRST) : Optional.empty();
  }

  private static DateRead at(LocalDate date, TimeOfDay time, DateContext context) {
    try {
      return new Told(time.on(date, context.zone()));
    } catch (DateTimeException e) {
      return new Unreadable("no such time of day");
    }
  }

  private static DateRead day(Numbers numbers, DateContext context) {
    List<String> digits = numbers.digits();
    if (numbers.month().isPresent()) {
      return named(digits, numbers.month().get(), context);
    }
    if (digits.size() == 1 && digits.getFirst().length() == DIGITS_OF_DAY) {
      String all = digits.getFirst();
      return made(all.substring(0, 4), number(all.substring(4, 6)), all.substring(6), context);
    }
    if (digits.size() != 3) {
      return new Unreadable("not three numbers");
    }
    String first = digits.getFirst();
    String last = digits.getLast();
    if (first.length() >= FULL_YEAR_DIGITS) {
      return made(first, number(digits.get(1)), last, context);
    }
    if (last.length() < FULL_YEAR_DIGITS && context.order() == DateOrder.YEAR_FIRST) {
      return made(fullYear(first), number(digits.get(1)), last, context);
    }
    return ordered(digits, numbers.dotted(), context);
  }

  /** Two numbers and a day's year last. */
  private static DateRead ordered(List<String> digits, boolean dotted, DateContext context) {
    int one = number(digits.getFirst());
    int two = number(digits.get(1));
    String last = digits.getLast();
    boolean full = last.length() >= FULL_YEAR_DIGITS;
    boolean dayFirst =
        one > MAX_MONTH || dotted || (two <= MAX_MONTH && context.order() == DateOrder.DAY_FIRST);
    boolean monthFirst =
        two > MAX_MONTH || (!dotted && context.order() == DateOrder.MONTH_FIRST) || one == two;
    if (!full && context.order() == DateOrder.UNKNOWN) {
      return new Unreadable("two digits of a year, in no known order");
    }
    String year = full ? last : fullYear(last);
    if (dayFirst) {
      return made(year, two, digits.getFirst(), context);
    }
    return monthFirst
        ? made(year, one, digits.get(1), context)
        : new Unreadable("day and month in no known order");
  }

  private static DateRead named(List<String> digits, int month, DateContext context) {
    if (digits.size() != 2) {
      return new Unreadable("a month without a day and a year");
    }
    String first = digits.getFirst();
    String last = digits.getLast();
    if (first.length() >= FULL_YEAR_DIGITS) {
      return made(first, month, last, context);
    }
    return made(last.length() == 2 ? fullYear(last) : last, month, first, context);
  }

  private static DateRead made(String year, int month, String day, DateContext context) {
    int ofYear = number(year);
    if (ofYear < MIN_YEAR || ofYear > MAX_YEAR) {
      return new Unreadable("no such year for a domain");
    }
    try {
      return new Told(new Day(LocalDate.of(ofYear, month, number(day)), context.zone()));
    } catch (DateTimeException e) {
      return new Unreadable("no such day");
    }
  }

  private static String fullYear(String twoDigits) {
    return (number(twoDigits) >= PIVOT_YEAR ? "19" : "20") + twoDigits;
  }

  /** Numbers too long for any part of a date come out as one no calendar knows. */
  private static int number(String digits) {
    return digits.length() > String.valueOf(MAX_YEAR).length()
        ? Integer.MAX_VALUE
        : Integer.parseInt(digits);
  }
}
