package parallax.coordinator.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * The part of the record that all coordinators need to know each other's sessions by. Snapshots
 * hold none of it.
 */
public interface Sessions {
  /** The most ends that are kept; further ones take the place of the oldest. */
  int MAX_ENDS = 10_000;

  /**
   * The key by which sessions are signed.
   *
   * @param fresh taken on, if there is none yet; hexadecimal digits
   */
  Secret key(Secret fresh, Instant at);

  /** Ends sessions before their time. */
  void end(End end);

  /** All ends that still matter, in the order in which they came. */
  List<End> ends(Instant now);

  /**
   * What is over.
   *
   * @param whose a session, or somebody; empty: everybody
   * @param at sessions that began then or before
   * @param until when the last of those would have been over anyway
   */
  record End(Optional<String> whose, Instant at, Instant until) {
    /** The longest name of what is over. */
    public static final int MAX_WHOSE = 500;
  }
}
