package parallax.config.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Hours of a day in which nobody is told what can wait. What is local time becomes an instant as in
 * {@link Cron}: a minute that the clocks skip comes when they have been put forward, and of one
 * that comes twice the first counts.
 *
 * @param from when they begin
 * @param to when they end: on the next day unless it is later than {@code from}
 * @param days on which they begin
 * @param except what is told nevertheless
 */
public record QuietHours(
    LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone, Set<Severity> except) {

  public QuietHours {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("quiet on no day");
    }
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    except = except.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(except));
  }

  /** When the hours end that {@code now} lies in; empty when it lies in none. */
  public Optional<Instant> end(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    // Hours of yesterday may last until today, and never longer.
    return end(today, now).or(() -> end(today.minusDays(1), now));
  }

  private Optional<Instant> end(LocalDate day, Instant now) {
    if (!days.contains(day.getDayOfWeek())) {
      return Optional.empty();
    }
    LocalDate last = from.isBefore(to) ? day : day.plusDays(1);
    Instant begins = Cron.firstInstant(day.atTime(from), zone.getRules());
    Instant ends = Cron.firstInstant(last.atTime(to), zone.getRules());
    return now.isBefore(begins) || !now.isBefore(ends) ? Optional.empty() : Optional.of(ends);
  }
}
