package parallax.probe.registration.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The days off of a country by rules. Holidays after Japan's law of 1948 as of today: one that
 * falls on a Sunday is made up for on the next day that is none, and a day between two of them is
 * one too.
 */
final class Holidays {
  /** The formula of the equinoxes holds this long. */
  static final int MAX_YEAR = 2099;

  private static final int CLOSED_CELLS = 5;
  private static final int EPOCH = 1980;
  private static final double YEAR_DRIFT = 0.242194;
  private static final double SPRING_1980 = 20.8431;
  private static final double AUTUMN_1980 = 23.2488;
  private static final int LEAP_YEARS = 4;

  private final List<Rule> rules;

  /**
   * @param when as in the table
   * @param closed whether it is the registry's own day off, not a holiday by law
   */
  private record Rule(int from, int to, String when, boolean closed) {}

  private Holidays(List<Rule> rules) {
    this.rules = rules;
  }

  static Holidays of(List<List<String>> rows) {
    return new Holidays(
        rows.stream()
            .map(
                row ->
                    new Rule(
                        Integer.parseInt(row.getFirst()),
                        Integer.parseInt(row.get(1)),
                        row.get(2),
                        row.size() >= CLOSED_CELLS))
            .toList());
  }

  boolean contains(LocalDate day) {
    return day.getYear() <= MAX_YEAR && (closed(day) || byLaw(day));
  }

  private boolean closed(LocalDate day) {
    return rules.stream().filter(Rule::closed).anyMatch(rule -> falls(rule, day));
  }

  private boolean byLaw(LocalDate day) {
    NavigableSet<LocalDate> named = new TreeSet<>();
    // Two years, since the days around the turn of the year lean on each other.
    for (int year = day.getYear() - 1; year <= day.getYear() + 1; year++) {
      named.addAll(named(year));
    }
    boolean between = named.contains(day.minusDays(1)) && named.contains(day.plusDays(1));
    boolean sunday = day.getDayOfWeek() == DayOfWeek.SUNDAY;
    return named.contains(day) || madeUp(day, named) || (between && !sunday);
  }

  /** Whether every day back to a holiday on a Sunday is a holiday. */
  private static boolean madeUp(LocalDate day, NavigableSet<LocalDate> named) {
    for (LocalDate before = day.minusDays(1);
        named.contains(before);
        before = before.minusDays(1)) {
      if (before.getDayOfWeek() == DayOfWeek.SUNDAY) {
        return true;
      }
    }
    return false;
  }

  private NavigableSet<LocalDate> named(int year) {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (Rule rule : rules) {
      if (!rule.closed() && year >= rule.from() && year <= rule.to()) {
        date(rule, year).ifPresent(days::add);
      }
    }
    return days;
  }

  private static boolean falls(Rule rule, LocalDate day) {
    return day.getYear() >= rule.from()
        && day.getYear() <= rule.to()
        && date(rule, day.getYear()).filter(day::equals).isPresent();
  }

  private static Optional<LocalDate> date(Rule rule, int year) {
    return switch (rule.when()) {
      case "SPRING" -> equinox(year, Month.MARCH, SPRING_1980);
      case "AUTUMN" -> equinox(year, Month.SEPTEMBER, AUTUMN_1980);
      default -> {
        LocalDate first = LocalDate.of(year, Integer.parseInt(rule.when().substring(0, 2)), 1);
        String day = rule.when().substring(3);
        yield Optional.of(
            day.startsWith("M")
                ? first.with(
                    TemporalAdjusters.dayOfWeekInMonth(
                        Integer.parseInt(day.substring(1)), DayOfWeek.MONDAY))
                : first.withDayOfMonth(Integer.parseInt(day)));
      }
    };
  }

  /** By the approximation that almanacs use from 1980 to 2099. */
  private static Optional<LocalDate> equinox(int year, Month month, double in1980) {
    int since = year - EPOCH;
    int day = (int) (in1980 + YEAR_DRIFT * since - Math.floorDiv(since, LEAP_YEARS));
    return year <= MAX_YEAR ? Optional.of(LocalDate.of(year, month, day)) : Optional.empty();
  }
}
