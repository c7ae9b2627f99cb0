package parallax.coordinator.replay.past;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.ProbeName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.store.Archive;
import parallax.coordinator.store.Store;

/**
 * Stored evidence in the order in which it arrived, with a look ahead: the record has no signs of
 * life, so that a probe was alive then is known only by what it says next. Holds the evidence of
 * the look ahead in memory, {@link #MAX_HELD} at most.
 */
final class Arrivals {
  /** With more than this at hand the look ahead is shorter. */
  static final int MAX_HELD = 200_000;

  private final Archive archive;
  private final Instant from;
  private final Instant to;
  private final Duration ahead;
  private final ArrayDeque<Evidence> held = new ArrayDeque<>();
  private final Map<ProbeName, ArrayDeque<Instant>> next = new HashMap<>();
  private Optional<String> cursor = Optional.empty();
  private boolean more = true;

  Arrivals(Archive archive, Instant from, Instant to, Duration ahead) {
    this.archive = archive;
    this.from = from;
    this.to = to;
    this.ahead = ahead;
  }

  /** When the next evidence arrived; empty at the end. */
  Optional<Instant> peek() {
    fill();
    return Optional.ofNullable(held.peekFirst()).map(Evidence::received);
  }

  /** The next evidence; there must be some. */
  Evidence take() {
    fill();
    Evidence first = held.removeFirst();
    ArrayDeque<Instant> ofProbe = next.get(first.observation().vantage().probe());
    if (ofProbe != null) {
      ofProbe.removeFirst();
    }
    return first;
  }

  /** Whether a probe says something within the look ahead from {@code now} on. */
  boolean isHeardAgain(ProbeName probe, Instant now) {
    ArrayDeque<Instant> ofProbe = next.get(probe);
    Instant first = ofProbe == null ? null : ofProbe.peekFirst();
    return first != null && !first.isAfter(now.plus(ahead));
  }

  private void fill() {
    while (more && held.size() < MAX_HELD && !reachesAhead()) {
      Store.Page<Evidence> page = archive.arrivals(from, to, cursor, Store.MAX_PAGE);
      for (Evidence evidence : page.items()) {
        held.addLast(evidence);
        next.computeIfAbsent(evidence.observation().vantage().probe(), _ -> new ArrayDeque<>())
            .addLast(evidence.received());
      }
      cursor = page.next();
      more = cursor.isPresent();
    }
  }

  private boolean reachesAhead() {
    return !held.isEmpty()
        && held.getLast().received().isAfter(held.getFirst().received().plus(ahead));
  }
}
