package parallax.probe.blackbox.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last probes, and of those that failed as many again. Safe for use by many threads. */
final class History {
  /** The most that can be kept. */
  static final int MAX = 10_000;

  private final int limit;
  private final Deque<Entry> latest = new ArrayDeque<>();
  private final Deque<Entry> failures = new ArrayDeque<>();
  private long next;

  /** A probe that is over. */
  record Entry(long id, String module, String target, String debug, boolean success) {}

  /**
   * @param limit how many are kept, at most {@link #MAX}
   */
  History(int limit) {
    this.limit = Math.clamp(limit, 0, MAX);
  }

  synchronized void add(String module, String target, String debug, boolean success) {
    latest.addLast(new Entry(next, module, target, debug, success));
    next++;
    if (latest.size() > limit) {
      Entry old = latest.removeFirst();
      // Failures are what people look for: they stay for longer.
      if (!old.success()) {
        failures.addLast(old);
        if (failures.size() > limit) {
          failures.removeFirst();
        }
      }
    }
  }

  /** Newest first. */
  synchronized List<Entry> list() {
    List<Entry> all = new ArrayList<>(failures);
    all.addAll(latest);
    return all.reversed();
  }

  synchronized Optional<Entry> get(long id) {
    return list().stream().filter(entry -> entry.id() == id).findFirst();
  }

  /** The newest of a target. */
  synchronized Optional<Entry> of(String target, Optional<String> module) {
    return list().stream()
        .filter(entry -> entry.target().equals(target))
        .filter(entry -> module.isEmpty() || module.get().equals(entry.module()))
        .findFirst();
  }
}
