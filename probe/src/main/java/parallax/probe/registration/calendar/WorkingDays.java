package parallax.probe.registration.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a deadline to a day on which the registry's people can still be reached: nobody mends a
 * registration on a Saturday. Holidays are known for Japan; elsewhere only weekends are.
 */
public final class WorkingDays {
  /** More days off in a row than any calendar has; beyond it a deadline stays where it is. */
  static final int MAX_DAYS_OFF = 30;

  private static final WorkingDays SHIPPED = new WorkingDays();
  private static final String FOLDER = "/parallax/probe/registration/calendar/";

  private final Map<String, Set<DayOfWeek>> weekends;
  private final Map<String, Holidays> holidays;

  private WorkingDays() {
    Map<String, Set<DayOfWeek>> read = new HashMap<>();
    for (List<String> row : rows("weekends.tsv").orElseThrow()) {
      Set<DayOfWeek> off = EnumSet.noneOf(DayOfWeek.class);
      for (String day : row.getLast().split(", *")) {
        off.add(DayOfWeek.valueOf(day));
      }
      for (String suffix : row.getFirst().split(", *")) {
        read.put(suffix, Collections.unmodifiableSet(off));
      }
    }
    Map<String, Holidays> known = new HashMap<>();
    rows("holidays-jp.tsv").ifPresent(rules -> known.put("jp", Holidays.of(rules)));
    this.weekends = Collections.unmodifiableMap(read);
    this.holidays = Collections.unmodifiableMap(known);
  }

  /** The calendars that come with Parallax. */
  public static WorkingDays shipped() {
    return SHIPPED;
  }

  /**
   * The deadline to act by: {@code deadline} itself, or the last working day before it.
   *
   * @param suffix of the name, such as {@code or.jp}; its last label tells the country
   */
  public LocalDate lastWorkingDayBy(LocalDate deadline, String suffix) {
    LocalDate day = deadline;
    for (int moved = 0; moved < MAX_DAYS_OFF; moved++) {
      if (isWorkingDay(day, suffix)) {
        return day;
      }
      day = day.minusDays(1);
    }
    return deadline;
  }

  /** Whether the registry of {@code suffix} works on {@code day}. */
  public boolean isWorkingDay(LocalDate day, String suffix) {
    String country = suffix.substring(suffix.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Set<DayOfWeek> off =
        weekends.getOrDefault(country, EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
    return !off.contains(day.getDayOfWeek())
        && Optional.ofNullable(holidays.get(country)).filter(days -> days.contains(day)).isEmpty();
  }

  private static Optional<List<List<String>>> rows(String name) {
    InputStream resource = WorkingDays.class.getResourceAsStream(FOLDER + name);
    if (resource == null) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> rows.add(List.of(line.split("\t+"))));
      return Optional.of(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
