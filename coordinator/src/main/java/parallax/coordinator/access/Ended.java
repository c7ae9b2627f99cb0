package parallax.coordinator.access;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which sessions were ended before their time.
 *
 * @param all those that began then or before; {@link Instant#MIN}: not all
 * @param by the same for one session, or for all of somebody
 */
public record Ended(Instant all, Map<String, Instant> by) {
  public static final Ended NONE = new Ended(Instant.MIN, Map.of());

  public Ended {
    by = Collections.unmodifiableMap(new HashMap<>(by));
  }

  /**
   * These, and more.
   *
   * @param whose empty: everybody's
   */
  public Ended with(Optional<String> whose, Instant at) {
    if (whose.isEmpty()) {
      return new Ended(at.isAfter(all) ? at : all, by);
    }
    Map<String, Instant> more = new HashMap<>(by);
    more.merge(whose.get(), at, (one, other) -> one.isAfter(other) ? one : other);
    return new Ended(all, more);
  }

  /** Whether a session is among them. */
  public boolean covers(Session session) {
    return reaches(all, session)
        || reaches(by.getOrDefault(session.own(), Instant.MIN), session)
        || reaches(by.getOrDefault(session.by().whose(), Instant.MIN), session);
  }

  private static boolean reaches(Instant at, Session session) {
    return !session.issued().isAfter(at);
  }
}
