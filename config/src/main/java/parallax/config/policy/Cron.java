package parallax.config.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The minutes of a calendar that the five fields of cron name (crontab(5)): sets of numbers, bit n
 * standing for n. What is local time becomes an instant by these rules:
 *
 * <ul>
 *   <li>A minute that the clocks skip comes when they have been put forward.
 *   <li>A minute that comes twice, because the clocks are put back, counts the first time only.
 * </ul>
 *
 * @param weekdays 0 is Sunday, 6 Saturday
 * @param eitherDay whether a day is named by {@code days} or by {@code weekdays}, not only by both:
 *     so when neither of the two fields was written with a star at its start
 */
public record Cron(
    long minutes, long hours, long days, long months, long weekdays, boolean eitherDay) {
  private static final int LAST_MINUTE = 59;

  /** The latest instant after {@code after}, and not after {@code upTo}, that is named. */
  Optional<Instant> latest(Instant after, Instant upTo, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    return latest(LocalDateTime.ofInstant(after, zone), lastCome(upTo, rules))
        .map(local -> firstInstant(local, rules))
        .filter(instant -> instant.isAfter(after));
  }

  /** The latest local time whose first instant has come: first instants run with local time. */
  private static LocalDateTime lastCome(Instant now, ZoneRules rules) {
    LocalDateTime local = LocalDateTime.ofInstant(now, rules.getOffset(now));
    ZoneOffsetTransition change = rules.getTransition(local);
    boolean secondTime = change != null && change.isOverlap() && !now.isBefore(change.getInstant());
    return secondTime ? change.getDateTimeBefore().minusNanos(1) : local;
  }

  /** When a local time comes, the first time. */
  static Instant firstInstant(LocalDateTime local, ZoneRules rules) {
    ZoneOffsetTransition change = rules.getTransition(local);
    boolean skipped = change != null && change.isGap();
    // Of a time that comes twice the rules give the earlier offset.
    return skipped ? change.getInstant() : local.toInstant(rules.getOffset(local));
  }

  private Optional<LocalDateTime> latest(LocalDateTime from, LocalDateTime to) {
    LocalDate first = from.toLocalDate();
    LocalTime limit = to.toLocalTime();
    for (LocalDate day = to.toLocalDate(); !day.isBefore(first); day = day.minusDays(1)) {
      Optional<LocalTime> time = names(day) ? latest(limit) : Optional.empty();
      if (time.isPresent()) {
        return Optional.of(day.atTime(time.get()));
      }
      limit = LocalTime.MAX;
    }
    return Optional.empty();
  }

  private Optional<LocalTime> latest(LocalTime limit) {
    int minute = has(hours, limit.getHour()) ? highest(minutes, limit.getMinute()) : -1;
    int hour = minute < 0 ? highest(hours, limit.getHour() - 1) : limit.getHour();
    return hour < 0
        ? Optional.empty()
        : Optional.of(LocalTime.of(hour, minute < 0 ? highest(minutes, LAST_MINUTE) : minute));
  }

  private boolean names(LocalDate date) {
    boolean day = has(days, date.getDayOfMonth());
    boolean weekday = has(weekdays, date.getDayOfWeek().getValue() % 7);
    return has(months, date.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
  }

  private static boolean has(long set, int number) {
    return ((set >>> number) & 1) == 1;
  }

  /** The highest number of {@code set} that is at most {@code limit}; -1 when there is none. */
  private static int highest(long set, int limit) {
    long most = limit < 0 ? 0 : -1L >>> (Long.SIZE - 1 - limit);
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(set & most);
  }
}
