package parallax.coordinator.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.maintenance.Spans;

/**
 * What a month was like.
 *
 * @param end of the month, or when the report was made, if that was earlier
 * @param made when
 * @param targets sorted by name
 * @param cut whether there were more targets or incidents than a report has
 */
public record MonthlyReport(
    Month month, Instant end, Instant made, List<TargetAccount> targets, boolean cut) {
  public MonthlyReport {
    targets = List.copyOf(targets);
  }

  /** How it is counted, a sentence each. Stands in every report. */
  public static List<String> method() {
    return List.of(
        "Time is counted by the intervals of the verdict, to the millisecond, not by looks or"
            + " requests.",
        "Up is UP and DEGRADED, down is DOWN.",
        "Unknown is when nobody watched, or who watched could not say; it counts neither way.",
        "Maintenance is the windows as they are configured when the report is made; it counts"
            + " neither way, whatever the target was like.",
        "Uptime is the time up divided by the time up and down. A time without either has none.",
        "The month is that of the calendar in the zone told, with the hours that clocks skip or"
            + " repeat; one that is not over ends when the report was made.",
        "Incidents are those that touch the month; their length is from the onset to the end, also"
            + " outside of the month and of maintenance.",
        "MTTR is the mean length of incidents that ended by the end of the month. MTBF is the time"
            + " up divided by the number of incidents that began in the month.",
        "An objective is met when the uptime of the month reaches its target, whatever its own"
            + " window.");
  }

  /**
   * What the record holds.
   *
   * @param intervals of the target's verdict, oldest first
   * @param incidents of whatever targets
   */
  record Recorded(List<Store.Interval> intervals, List<Incident> incidents) {}

  /** The account of one target. */
  static TargetAccount account(
      Target target, Recorded recorded, Spans maintenance, Instant from, Instant end) {
    long up = 0;
    long down = 0;
    long last = from.toEpochMilli();
    for (Store.Interval interval : recorded.intervals()) {
      // Of two that overlap (a clock was set back) the time counts once.
      long start = Math.max(last, interval.from().toEpochMilli());
      long stop = Math.min(end.toEpochMilli(), interval.until().orElse(end).toEpochMilli());
      if (stop > start) {
        long counted = stop - start - maintenance.length(start, stop);
        up += isUp(interval.state()) ? counted : 0;
        down += interval.state() == TargetState.DOWN ? counted : 0;
        last = stop;
      }
    }
    long whole = Math.max(0, end.toEpochMilli() - from.toEpochMilli());
    long apart = maintenance.length(from.toEpochMilli(), end.toEpochMilli());
    return new TargetAccount(
        target.name(),
        target.objective(),
        Duration.ofMillis(up),
        Duration.ofMillis(down),
        Duration.ofMillis(whole - apart - up - down),
        Duration.ofMillis(apart),
        lapses(target, recorded.incidents(), from, end));
  }

  private static boolean isUp(TargetState state) {
    return switch (state) {
      case UP, DEGRADED -> true;
      case DOWN, UNKNOWN -> false;
    };
  }

  private static List<Lapse> lapses(
      Target target, List<Incident> incidents, Instant from, Instant end) {
    List<Lapse> lapses = new ArrayList<>();
    for (Incident incident : incidents) {
      boolean touches =
          incident.onset().isBefore(end)
              && incident.resolved().filter(it -> !it.isAfter(from)).isEmpty();
      if (touches && incident.targets().contains(target.name())) {
        lapses.add(
            new Lapse(
                incident.id().value(),
                incident.onset(),
                incident.resolved(),
                incident.scope().name(),
                Words.of(incident.cause())));
      }
    }
    lapses.sort(Comparator.comparing(Lapse::onset).thenComparing(Lapse::id));
    return lapses;
  }
}
