package parallax.coordinator.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import parallax.coordinator.report.UserReport;

/** Reports in memory. */
final class InMemoryReports implements Reports {
  private final List<UserReport> all = new ArrayList<>();

  @Override
  public synchronized void report(UserReport report) {
    all.addFirst(report);
    if (all.size() > MAX_KEPT) {
      all.removeLast();
    }
  }

  @Override
  public synchronized List<UserReport> reports(Instant from, Instant to) {
    return all.stream()
        .filter(each -> !each.at().isBefore(from) && each.at().isBefore(to))
        .sorted(Comparator.comparing(UserReport::at).reversed())
        .limit(MAX_READ)
        .toList();
  }
}
