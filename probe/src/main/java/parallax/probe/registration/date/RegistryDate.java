package parallax.probe.registration.date;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A point in time as exactly as a registry told it. */
public sealed interface RegistryDate {
  /**
   * On the clock of UTC.
   *
   * @param instant up to {@link LenientDates#MAX_YEAR}
   */
  record Moment(Instant instant) implements RegistryDate {}

  /** On another clock: the one that is told with it, or the registry's own. */
  record WallTime(LocalDateTime time, ZoneId zone) implements RegistryDate {}

  /** Without a time of day, as the registry's calendar counts days. */
  record Day(LocalDate date, ZoneId zone) implements RegistryDate {}

  /** The calendar day: of UTC for a moment, of the registry otherwise. */
  default LocalDate day() {
    return switch (this) {
      case Moment(Instant instant) -> LocalDate.ofInstant(instant, ZoneOffset.UTC);
      case WallTime(LocalDateTime time, _) -> time.toLocalDate();
      case Day(LocalDate date, _) -> date;
    };
  }

  /** The first instant this can mean: for a day its start where the registry is. */
  default Instant earliest() {
    return switch (this) {
      case Moment(Instant instant) -> instant;
      case WallTime(LocalDateTime time, ZoneId zone) -> time.atZone(zone).toInstant();
      case Day(LocalDate date, ZoneId zone) -> date.atStartOfDay(zone).toInstant();
    };
  }

  /** ISO 8601: an instant when it is told exactly, else the registry's calendar day. */
  default String text() {
    return switch (this) {
      case Moment(Instant instant) -> instant.toString();
      case WallTime(LocalDateTime time, _) -> time.toLocalDate().toString();
      case Day(LocalDate date, _) -> date.toString();
    };
  }
}
