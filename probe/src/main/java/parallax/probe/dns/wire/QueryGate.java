package parallax.probe.dns.wire;

import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * Lets a bounded number of queries out at a time and makes a bounded number wait, first come first
 * served. Safe for use by many threads.
 */
final class QueryGate {
  /** What became of a request to enter. */
  enum Entry {
    GRANTED,
    QUEUED,
    REFUSED
  }

  private final int maxInFlight;
  private final int maxWaiting;
  private final LinkedHashSet<Runnable> waiting = new LinkedHashSet<>();
  private int inFlight;

  QueryGate(int maxInFlight, int maxWaiting) {
    this.maxInFlight = maxInFlight;
    this.maxWaiting = maxWaiting;
  }

  /**
   * Asks to enter. Whoever is granted entry must {@link #leave} once.
   *
   * @param whenGranted called once by the thread of another that leaves, when the answer is QUEUED
   *     and entry is granted later
   */
  synchronized Entry enter(Runnable whenGranted) {
    if (inFlight < maxInFlight) {
      inFlight++;
      return Entry.GRANTED;
    }
    return waiting.size() < maxWaiting && waiting.add(whenGranted) ? Entry.QUEUED : Entry.REFUSED;
  }

  /** Stops waiting. Entry may be granted nevertheless, when this crosses another's leaving. */
  synchronized void giveUp(Runnable whenGranted) {
    waiting.remove(whenGranted);
  }

  /** Leaves; the place goes to whoever has waited longest. */
  void leave() {
    Runnable next;
    synchronized (this) {
      Iterator<Runnable> first = waiting.iterator();
      if (!first.hasNext()) {
        inFlight--;
        return;
      }
      next = first.next();
      first.remove();
    }
    next.run();
  }

  synchronized int inFlight() {
    return inFlight;
  }
}
