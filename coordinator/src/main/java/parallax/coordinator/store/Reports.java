package parallax.coordinator.store;

import java.time.Instant;
import java.util.List;
import parallax.coordinator.report.UserReport;

/** The part of the record that holds what users report. */
public interface Reports {
  /** More are not kept: the oldest go. */
  int MAX_KEPT = 100_000;

  /** The most that are read at once. */
  int MAX_READ = 10_000;

  void report(UserReport report);

  /** Those of {@code [from, to)}, newest first, at most {@link #MAX_READ}. */
  List<UserReport> reports(Instant from, Instant to);
}
