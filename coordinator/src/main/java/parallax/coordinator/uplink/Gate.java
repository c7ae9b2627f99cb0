package parallax.coordinator.uplink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets observations into the record: so many at a time, first come, first served. Who finds no room
 * waits for it instead of being sent away, or all would come back together. Thread-safe.
 */
final class Gate {
  private final int size;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int inside;

  private record Waiting(int count, Runnable enter) {}

  /**
   * A gate.
   *
   * @param size how many may be inside; a single group that is larger goes in alone
   */
  Gate(int size) {
    this.size = size;
  }

  /** Has {@code enter} run once there is room for so many: now, or by whoever leaves. */
  void enter(int count, Runnable enter) {
    synchronized (this) {
      if (!waiting.isEmpty() || !fits(count)) {
        waiting.addLast(new Waiting(count, enter));
        return;
      }
      inside += count;
    }
    enter.run();
  }

  /** So many are in the record, or will not be; runs whoever has room now. */
  void leave(int count) {
    List<Runnable> next = new ArrayList<>();
    synchronized (this) {
      inside -= count;
      while (!waiting.isEmpty() && fits(waiting.getFirst().count())) {
        Waiting first = waiting.removeFirst();
        inside += first.count();
        next.add(first.enter());
      }
    }
    next.forEach(Runnable::run);
  }

  /** Whether somebody waits, so that nobody more should be let come. */
  synchronized boolean isCrowded() {
    return !waiting.isEmpty();
  }

  private boolean fits(int count) {
    return inside == 0 || inside + count <= size;
  }
}
