package parallax.config.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
  private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

  private static QuietHours hours(String from, String to, String zone) {
    return new QuietHours(
        LocalTime.parse(from), LocalTime.parse(to), DAILY, ZoneId.of(zone), Set.of());
  }

  private static Optional<Instant> instant(String text) {
    return text.equals("-") ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  // Berlin: clocks go from 02:00 to 03:00 on 29 March 2026, from 03:00 to 02:00 on 25 October.
  // Lord Howe: they go by half an hour, on 4 October 2026 at 02:00.
  @ParameterizedTest
  @CsvSource({
    // On one day.
    "12:00, 13:00, UTC,           2026-03-02T11:59:59Z, -",
    "12:00, 13:00, UTC,           2026-03-02T12:00:00Z, 2026-03-02T13:00:00Z",
    "12:00, 13:00, UTC,           2026-03-02T12:59:59Z, 2026-03-02T13:00:00Z",
    "12:00, 13:00, UTC,           2026-03-02T13:00:00Z, -",
    // Over midnight.
    "22:00, 07:00, UTC,           2026-03-02T21:59:59Z, -",
    "22:00, 07:00, UTC,           2026-03-02T22:00:00Z, 2026-03-03T07:00:00Z",
    "22:00, 07:00, UTC,           2026-03-03T00:00:00Z, 2026-03-03T07:00:00Z",
    "22:00, 07:00, UTC,           2026-03-03T06:59:59Z, 2026-03-03T07:00:00Z",
    "22:00, 07:00, UTC,           2026-03-03T07:00:00Z, -",
    // Elsewhere it is another time.
    "22:00, 07:00, Asia/Tokyo,    2026-03-02T12:59:59Z, -",
    "22:00, 07:00, Asia/Tokyo,    2026-03-02T13:00:00Z, 2026-03-02T22:00:00Z",
    "22:00, 07:00, Asia/Kathmandu,2026-03-02T16:15:00Z, 2026-03-03T01:15:00Z",
    // A night of eight hours, and one of ten.
    "22:00, 07:00, Europe/Berlin, 2026-03-28T21:00:00Z, 2026-03-29T05:00:00Z",
    "22:00, 07:00, Europe/Berlin, 2026-03-29T04:59:59Z, 2026-03-29T05:00:00Z",
    "22:00, 07:00, Europe/Berlin, 2026-10-24T20:00:00Z, 2026-10-25T06:00:00Z",
    "22:00, 07:00, Europe/Berlin, 2026-10-25T05:59:59Z, 2026-10-25T06:00:00Z",
    // Ends at a time that the clocks skip: when they have been put forward.
    "22:00, 02:30, Europe/Berlin, 2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z",
    "22:00, 02:30, Europe/Berlin, 2026-03-29T01:00:00Z, -",
    // Begins at one.
    "02:30, 07:00, Europe/Berlin, 2026-03-29T00:59:59Z, -",
    "02:30, 07:00, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T05:00:00Z",
    // Ends at a time that comes twice: the first time.
    "22:00, 02:30, Europe/Berlin, 2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z",
    "22:00, 02:30, Europe/Berlin, 2026-10-25T00:30:00Z, -",
    "22:00, 02:30, Europe/Berlin, 2026-10-25T01:15:00Z, -",
    // Begins at one, and goes on when it comes again.
    "02:30, 07:00, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T06:00:00Z",
    "02:30, 07:00, Europe/Berlin, 2026-10-25T01:10:00Z, 2026-10-25T06:00:00Z",
    // Lies within the hour that is skipped: it never comes.
    "02:10, 02:50, Europe/Berlin, 2026-03-29T01:00:00Z, -",
    "02:00, 06:00, Australia/Lord_Howe, 2026-10-03T15:30:00Z, 2026-10-03T19:00:00Z",
    // A whole day.
    "00:00, 00:00, UTC,           2026-03-02T00:00:00Z, 2026-03-03T00:00:00Z",
    "09:00, 09:00, UTC,           2026-03-02T08:00:00Z, 2026-03-02T09:00:00Z",
  })
  void tellWhenTheyEnd(String from, String to, String zone, String now, String end) {
    assertThat(hours(from, to, zone).end(Instant.parse(now))).isEqualTo(instant(end));
  }

  @ParameterizedTest
  @CsvSource({
    // 6 March 2026 is a Friday.
    "2026-03-06T21:59:00Z, -",
    "2026-03-06T22:30:00Z, 2026-03-07T07:00:00Z",
    "2026-03-07T03:00:00Z, 2026-03-07T07:00:00Z",
    "2026-03-07T22:30:00Z, 2026-03-08T07:00:00Z",
    "2026-03-08T03:00:00Z, 2026-03-08T07:00:00Z",
    "2026-03-08T22:30:00Z, -",
    "2026-03-09T03:00:00Z, -",
  })
  void beginOnTheDaysThatAreNamed(String now, String end) {
    QuietHours nights =
        new QuietHours(
            LocalTime.parse("22:00"),
            LocalTime.parse("07:00"),
            EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
            ZoneId.of("UTC"),
            Set.of());
    assertThat(nights.end(Instant.parse(now))).isEqualTo(instant(end));
  }
}
