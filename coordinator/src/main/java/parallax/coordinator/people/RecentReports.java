package parallax.coordinator.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.target.TargetName;
import parallax.coordinator.report.ReportTally;
import parallax.coordinator.store.Reports;
import parallax.coordinator.store.StoreException;

/**
 * What users report, read again when somebody wants to know and it is no longer fresh. Thread-safe;
 * may block. While the record cannot be read it tells what it knows.
 */
public final class RecentReports {
  /** So long what was read is told. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RecentReports.class);

  private final Reports reports;
  private final InstantSource clock;
  private SortedMap<TargetName, ReportTally> known = new TreeMap<>();
  private Instant read = Instant.MIN;

  public RecentReports(Reports reports, InstantSource clock) {
    this.reports = reports;
    this.clock = clock;
  }

  /** What is said about a target. */
  public synchronized ReportTally of(TargetName target) {
    Instant now = clock.instant();
    boolean fresh = !now.isBefore(read) && now.minus(FRESH).isBefore(read);
    if (!fresh) {
      read = now;
      try {
        known = ReportTally.of(reports.reports(now.minus(ReportTally.DAY), now.plus(FRESH)), now);
      } catch (StoreException e) {
        LOG.warn("reports=unread error=\"{}\"", e.getMessage());
      }
    }
    return known.getOrDefault(target, ReportTally.NONE);
  }
}
