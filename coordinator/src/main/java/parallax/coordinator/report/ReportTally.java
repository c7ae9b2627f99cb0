package parallax.coordinator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.target.TargetName;

/**
 * What users report about each target, as of one instant. Pure.
 *
 * @param recent in the last {@link UserReport#RECENT}
 * @param day in the last {@link #DAY}
 * @param newest the newest first, at most {@link #MAX_NEWEST}
 */
public record ReportTally(int recent, int day, List<UserReport> newest) {
  public static final Duration DAY = Duration.ofDays(1);
  public static final int MAX_NEWEST = 10;

  /** Nobody said anything. */
  public static final ReportTally NONE = new ReportTally(0, 0, List.of());

  public ReportTally {
    newest = List.copyOf(newest);
  }

  /**
   * By target.
   *
   * @param reports of a day, newest first
   */
  public static SortedMap<TargetName, ReportTally> of(List<UserReport> reports, Instant now) {
    SortedMap<TargetName, List<UserReport>> byTarget = new TreeMap<>();
    for (UserReport report : reports) {
      byTarget.computeIfAbsent(report.target(), _ -> new ArrayList<>()).add(report);
    }
    SortedMap<TargetName, ReportTally> tallies = new TreeMap<>();
    byTarget.forEach((target, all) -> tallies.put(target, tally(all, now)));
    return Collections.unmodifiableSortedMap(tallies);
  }

  private static ReportTally tally(List<UserReport> reports, Instant now) {
    return new ReportTally(
        recent(reports, now), reports.size(), reports.stream().limit(MAX_NEWEST).toList());
  }

  /** How many are recent. */
  public static int recent(List<UserReport> reports, Instant now) {
    Instant since = now.minus(UserReport.RECENT);
    return Math.toIntExact(reports.stream().filter(each -> each.at().isAfter(since)).count());
  }
}
