package parallax.coordinator.store;

import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;

/**
 * The durable record, only to be read, also while a coordinator goes on writing it. Blocking; every
 * method throws {@link StoreException} when the record cannot be read.
 */
public interface Archive extends AutoCloseable {
  /**
   * All evidence that was received in {@code [from, to)}, in the order in which it arrived.
   *
   * @param limit 1 to {@link Store#MAX_PAGE}
   * @throws IllegalArgumentException when {@code cursor} was not handed out by this list
   */
  Store.Page<Evidence> arrivals(Instant from, Instant to, Optional<String> cursor, int limit);

  /**
   * Incidents, newest first.
   *
   * @param limit 1 to {@link Store#MAX_PAGE}
   * @throws IllegalArgumentException when {@code cursor} was not handed out by this list
   */
  Store.Page<Incident> incidents(Optional<String> cursor, int limit);

  @Override
  void close();
}
