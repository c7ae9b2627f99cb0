package parallax.probe.registration.date;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.registration.date.DateRead.Told;
import parallax.probe.registration.date.DateRead.Unreadable;
import parallax.probe.registration.date.DateRead.Withheld;
import parallax.probe.registration.date.RegistryDate.Day;
import parallax.probe.registration.date.RegistryDate.Moment;

final class LenientDatesTest {
  private static final DateContext NOTHING_KNOWN =
      new DateContext(DateOrder.UNKNOWN, ZoneOffset.UTC);
  private static final DateContext DAY_FIRST = new DateContext(DateOrder.DAY_FIRST, ZoneOffset.UTC);
  private static final DateContext MONTH_FIRST =
      new DateContext(DateOrder.MONTH_FIRST, ZoneOffset.UTC);
  private static final DateContext TOKYO =
      new DateContext(DateOrder.UNKNOWN, ZoneId.of("Asia/Tokyo"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2027-03-01T10:00:00Z              | 2027-03-01T10:00:00Z",
        "2027-03-01T10:00:00.0Z            | 2027-03-01T10:00:00Z",
        "2027-03-01T10:00:00.123456789Z    | 2027-03-01T10:00:00.123456789Z",
        "2027-03-01 10:00:00 UTC           | 2027-03-01T10:00:00Z",
        "2027-03-01T10:00:00+00:00         | 2027-03-01T10:00:00Z",
        "20270301T100000Z                  | 2027-03-01T10:00:00Z",
        "30-Oct-2012 22:54:15 UTC          | 2012-10-30T22:54:15Z",
        "Sat Mar 22 23:59:59 GMT 2014      | 2014-03-22T23:59:59Z",
        "294247-01-10T04:00:54.775Z        | +294247-01-10T04:00:54.775Z",
        "+294247-01-01T00:00:00Z           | +294247-01-01T00:00:00Z",
        "2027-03-01T24:00:00Z              | 2027-03-02T00:00:00Z",
        "2016-12-31T23:59:60Z              | 2016-12-31T23:59:59Z",
      })
  void momentsAreExact(String raw, Instant moment) {
    assertThat(LenientDates.read(raw, NOTHING_KNOWN)).isEqualTo(new Told(new Moment(moment)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2027-03-01T00:30:00.123456+09:00  | 2027-03-01 | 2027-02-28T15:30:00.123456Z",
        "2028-09-13T00:00:00-0700          | 2028-09-13 | 2028-09-13T07:00:00Z",
        "2021-12-09 12:30:05 (UTC+8)       | 2021-12-09 | 2021-12-09T04:30:05Z",
        "2026/04/01 01:05:09 (JST)         | 2026-04-01 | 2026-03-31T16:05:09Z",
        "30/06/2014 00:00:00 EEST          | 2014-06-30 | 2014-06-29T21:00:00Z",
        "01 Jan 2015 00:00 EAT             | 2015-01-01 | 2014-12-31T21:00:00Z",
        "2018-02-05 22:59:12.55172         | 2018-02-05 | 2018-02-05T22:59:12.55172Z",
        "4.7.2020 10:15:55                 | 2020-07-04 | 2020-07-04T10:15:55Z",
        "12/31/2027 11:59:59 PM            | 2027-12-31 | 2027-12-31T23:59:59Z",
        "12:30:05 2027-03-01               | 2027-03-01 | 2027-03-01T12:30:05Z",
      })
  void otherClocksKeepTheirCalendarDay(String raw, LocalDate day, Instant earliest) {
    RegistryDate date = told(LenientDates.read(raw, NOTHING_KNOWN));
    assertThat(date.day()).isEqualTo(day);
    assertThat(date.earliest()).isEqualTo(earliest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2027-03-01               | 2027-03-01",
        "2027/03/01               | 2027-03-01",
        "2027. 03. 01.            | 2027-03-01",
        "2027.3.1                 | 2027-03-01",
        "01.03.2027               | 2027-03-01",
        "1. 3. 2027               | 2027-03-01",
        "20270301                 | 2027-03-01",
        "20061229 #3249811        | 2006-12-29",
        "31-Jul-2031              | 2031-07-31",
        "31 Jul 31                | 2031-07-31",
        "2014-Aug-22.             | 2014-08-22",
        "May 22 2002              | 2002-05-22",
        "October  9 2012          | 2012-10-09",
        "Monday 16th Jun 2014     | 2014-06-16",
        "02nd August 2030         | 2030-08-02",
        "23 de agosto de 2032     | 2032-08-23",
        "5 août 2031              | 2031-08-05",
        "1 Ağustos 2031           | 2031-08-01",
        "2031年5月1日             | 2031-05-01",
        "31/12/2030               | 2030-12-31",
        "12/31/2030               | 2030-12-31",
        "05/05/2030               | 2030-05-05",
        "2024-02-29               | 2024-02-29",
        "hostmaster@nic.example 20021013 | 2002-10-13",
      })
  void daysAreReadHoweverTheyAreWritten(String raw, LocalDate day) {
    assertThat(LenientDates.read(raw, NOTHING_KNOWN))
        .isEqualTo(new Told(new Day(day, ZoneOffset.UTC)));
  }

  @Test
  void tabsAndWideFormsDoNotMatter() {
    assertThat(told(LenientDates.read("\t01-Jan-2031\u00a0\t", NOTHING_KNOWN)).day())
        .isEqualTo(LocalDate.of(2031, 1, 1));
    assertThat(told(LenientDates.read("２０３１／０１／０２", NOTHING_KNOWN)).day())
        .isEqualTo(LocalDate.of(2031, 1, 2));
  }

  @Test
  void whatIsAmbiguousIsDecidedByTheRegistryOnly() {
    assertThat(LenientDates.read("03/02/2030", NOTHING_KNOWN)).isInstanceOf(Unreadable.class);
    assertThat(told(LenientDates.read("03/02/2030", DAY_FIRST)).day())
        .isEqualTo(LocalDate.of(2030, 2, 3));
    assertThat(told(LenientDates.read("03/02/2030", MONTH_FIRST)).day())
        .isEqualTo(LocalDate.of(2030, 3, 2));
    assertThat(told(LenientDates.read("03/02/2030 (mm/dd/yyyy)", DAY_FIRST)).day())
        .isEqualTo(LocalDate.of(2030, 3, 2));
    assertThat(told(LenientDates.read("16/09/14", DAY_FIRST)).day())
        .isEqualTo(LocalDate.of(2014, 9, 16));
    assertThat(LenientDates.read("16/09/14", NOTHING_KNOWN)).isInstanceOf(Unreadable.class);
  }

  @Test
  void anotherDateOfTheAnswerProvesTheOrder() {
    assertThat(LenientDates.orderShownBy(List.of("03/02/2030", "12/18/2001")))
        .isEqualTo(DateOrder.MONTH_FIRST);
    assertThat(LenientDates.orderShownBy(List.of("03/02/2030", "18/12/2001")))
        .isEqualTo(DateOrder.DAY_FIRST);
    assertThat(LenientDates.orderShownBy(List.of("18/12/2001", "12/18/2001")))
        .isEqualTo(DateOrder.UNKNOWN);
  }

  @Test
  void theDayOfARegistryBeginsWhereItIs() {
    assertThat(told(LenientDates.read("2027/03/31", TOKYO)).earliest())
        .isEqualTo(Instant.parse("2027-03-30T15:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "N/A",
        "None",
        "Not defined",
        "see at www.register.example",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "unknown",
        "REDACTED FOR PRIVACY"
      })
  void whatStandsForNoneIsWithheld(String raw) {
    assertThat(LenientDates.read(raw, DAY_FIRST)).isEqualTo(new Withheld());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2027-02-30",
        "2027-13-01",
        "2027-00-10",
        "31.02.2027",
        "1970-01-01T00:00:00Z",
        "-0001-11-30T00:00:00Z",
        "0201-12-10",
        "before Aug-1996",
        "2027",
        "12345678901234567890",
        "99999999999-01-01",
        "2027-03-01T25:00:00Z",
        "2027-03-01T10:61:00Z",
        "02nd August each year",
        "the expiration date shown is 2019-01-01 of the registry",
        "1.2.3.4",
        "ns1.example.com 192.0.2.1",
        "2027-03-01 2028-03-01",
      })
  void whatIsImpossibleOrNoDateGivesAReason(String raw) {
    assertThat(LenientDates.read(raw, DAY_FIRST)).isInstanceOf(Unreadable.class);
  }

  @Test
  void longTextIsNotLookedInto() {
    assertThat(LenientDates.read("2027-03-01 ".repeat(1_000), DAY_FIRST))
        .isEqualTo(new Unreadable("too long for a date"));
  }

  private static RegistryDate told(DateRead read) {
    assertThat(read).isInstanceOf(Told.class);
    return ((Told) read).date();
  }
}
