package parallax.coordinator.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.words.Say;

/**
 * What a month was like.
 *
 * @param end of the month, or when the report was made, if that was earlier
 * @param made when
 * @param looksFrom from when on looks are kept of which latencies are told, to the end; at the end
 *     there are none
 * @param targets sorted by name
 * @param cut whether there were more targets or incidents than a report has
 */
public record MonthlyReport(
    Month month,
    Instant end,
    Instant made,
    Instant looksFrom,
    List<TargetAccount> targets,
    boolean cut) {
  private static final List<String> METHOD =
      List.of(
          "time",
          "up",
          "unknown",
          "maintenance",
          "uptime",
          "month",
          "incidents",
          "mean",
          "objective",
          "latency",
          "kept",
          "rank");

  public MonthlyReport {
    targets = List.copyOf(targets);
  }

  /** How it is counted, a sentence each. Stands in every report. */
  static List<String> method(Say say) {
    return METHOD.stream().map(name -> say.of("method." + name)).toList();
  }

  /**
   * What the record holds.
   *
   * @param intervals of the target's verdict, oldest first
   * @param incidents of whatever targets
   * @param latency of its looks
   */
  record Recorded(
      List<Store.Interval> intervals, List<Incident> incidents, Optional<Latency> latency) {}

  /** Whether there is a time of the month of which looks are kept. */
  boolean tellsLatency() {
    return looksFrom.isBefore(end);
  }

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
        lapses(target, recorded.incidents(), from, end),
        recorded.latency());
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
                incident.scope(),
                incident.cause()));
      }
    }
    lapses.sort(Comparator.comparing(Lapse::onset).thenComparing(Lapse::id));
    return lapses;
  }
}
