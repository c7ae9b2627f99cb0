package parallax.probe.registration.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkingDaysTest {
  private final WorkingDays days = WorkingDays.shipped();

  @ParameterizedTest
  @CsvSource({
    // A Saturday, a Sunday and an ordinary Tuesday.
    "2016-10-01, or.jp, 2016-09-30",
    "2026-08-02, or.jp, 2026-07-31",
    "2026-08-04, or.jp, 2026-08-04",
    // The registry is closed over New Year.
    "2027-01-03, jp,    2026-12-28",
    "2027-01-04, jp,    2027-01-04",
    "2024-12-31, jp,    2024-12-27",
    // Golden Week of 2026: 3 May is a Sunday, made up for on the 6th.
    "2026-05-06, jp,    2026-05-01",
    "2026-05-07, jp,    2026-05-07",
    // Between Respect for the Aged Day (21) and the equinox (23) of 2026.
    "2026-09-23, jp,    2026-09-18",
    "2026-09-24, jp,    2026-09-24",
    // Elsewhere weekends only.
    "2026-05-06, com,   2026-05-06",
    "2026-08-01, de,    2026-07-31",
    "2026-07-31, co.il, 2026-07-30",
  })
  void aDeadlineMovesToTheLastWorkingDayBeforeIt(
      LocalDate deadline, String suffix, LocalDate moved) {
    assertThat(days.lastWorkingDayBy(deadline, suffix)).isEqualTo(moved);
  }

  /** As the Cabinet Office announced them, and as the rules give them for later years. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-08", "2024-02-12", "2024-02-23", "2024-03-20", "2024-04-29", "2024-05-06",
        "2024-07-15", "2024-08-12", "2024-09-16", "2024-09-23", "2024-10-14", "2024-11-04",
        "2025-01-13", "2025-02-24", "2025-03-20", "2025-05-06", "2025-07-21", "2025-08-11",
        "2025-09-15", "2025-09-23", "2025-10-13", "2025-11-24", "2026-01-12", "2026-03-20",
        "2026-05-06", "2026-07-20", "2026-09-21", "2026-09-22", "2026-09-23", "2026-10-12",
        "2027-03-22", "2028-09-22", "2030-03-20", "2032-09-21", "2034-09-23", "2035-03-21"
      })
  void japaneseHolidaysAreKnown(LocalDate day) {
    assertThat(days.isWorkingDay(day, "jp")).isFalse();
  }

  @Test
  void mostOfAJapaneseYearIsWorked() {
    List<Integer> years = List.of(2024, 2025, 2026, 2030, 2035);
    for (int year : years) {
      long worked =
          LocalDate.of(year, 1, 1)
              .datesUntil(LocalDate.of(year + 1, 1, 1))
              .filter(day -> days.isWorkingDay(day, "jp"))
              .count();
      assertThat(worked).isBetween(240L, 250L);
    }
  }
}
