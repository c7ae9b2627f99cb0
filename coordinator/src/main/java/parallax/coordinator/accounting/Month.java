package parallax.coordinator.accounting;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/** A month of a calendar: from its first midnight to that of the next, whatever clocks do. */
public record Month(YearMonth month, ZoneId zone) {
  /**
   * The month written as {@code 2026-10}.
   *
   * @throws IllegalArgumentException when it or the zone is none; the message says which
   */
  public static Month parse(String month, String zone) {
    if (!month.matches("2[0-9]{3}-(0[1-9]|1[0-2])")) {
      throw new IllegalArgumentException("the month must be written like 2026-10");
    }
    try {
      return new Month(YearMonth.parse(month), ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the zone must be one such as Europe/Berlin, or UTC", e);
    }
  }

  public Instant from() {
    return month.atDay(1).atStartOfDay(zone).toInstant();
  }

  public Instant until() {
    return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
  }

  @Override
  public String toString() {
    return month.toString();
  }
}
