package parallax.coordinator.configuration;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;

/**
 * Approvals as they stand in the record that all members share: rows of what was done, which nobody
 * can change unnoticed.
 */
public final class StoreApprovals implements Approvals {
  /** What such a row is called. */
  public static final String ACTION = "configuration approved";

  private static final Logger LOG = LoggerFactory.getLogger(StoreApprovals.class);

  private final Store store;
  private final InstantSource clock;

  public StoreApprovals(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The row that approves a configuration.
   *
   * @param who a person
   * @param name as the guard named it, in full
   */
  public static AuditEntry entry(String who, String name) {
    return new AuditEntry(who, ACTION, name);
  }

  @Override
  public boolean cover(String name) {
    try {
      return store.isAudited(ACTION, name, clock.instant().minus(VALID));
    } catch (StoreException e) {
      LOG.warn("configuration=approvals_unknown error={}", e.getMessage());
      return false;
    }
  }
}
