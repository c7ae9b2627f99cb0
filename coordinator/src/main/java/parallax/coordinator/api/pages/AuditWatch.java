package parallax.coordinator.api.pages;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import parallax.coordinator.page.fleet.AuditPage;
import parallax.coordinator.store.Store;

/**
 * Reads the record of what was done through when somebody looks at it, and not again for a while:
 * it grows with the years. Safe for use by many threads, of which one reads.
 */
final class AuditWatch {
  /** For so long what was found is told again. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** A record with more rows is left to the command that verifies it. */
  static final long MAX_ROWS = 100_000;

  private final Store store;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<AuditPage.Verified> last = Optional.empty();

  AuditWatch(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What was found, at most {@link #FRESH} ago. */
  AuditPage.Verified verified() {
    lock.lock();
    try {
      Optional<AuditPage.Verified> known =
          last.filter(found -> !found.at().plus(FRESH).isBefore(clock.instant()));
      AuditPage.Verified found =
          known.orElseGet(
              () -> new AuditPage.Verified(store.auditTrail(MAX_ROWS), clock.instant()));
      last = Optional.of(found);
      return found;
    } finally {
      lock.unlock();
    }
  }
}
