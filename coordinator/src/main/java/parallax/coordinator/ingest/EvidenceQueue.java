package parallax.coordinator.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.ingest.StoreWriter.Settled;

/**
 * Evidence that waits to be written, within a bound, and who waits for that. Not thread-safe: its
 * owner guards it.
 */
final class EvidenceQueue {
  /** Who waits, at a time; further ones are told at once that it is not written. */
  static final int MAX_MARKS = 10_000;

  private final int bound;
  private final Deque<Evidence> items = new ArrayDeque<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long queued;
  private long settled;
  private long lost;

  /**
   * Who is told once the evidence before it is settled.
   *
   * @param after how much evidence was queued before
   * @param lost how much had been lost by then
   */
  private record Mark(long after, long lost, Settled told) {}

  EvidenceQueue(int bound) {
    this.bound = bound;
  }

  int size() {
    return items.size();
  }

  /** Adds an item; false when the oldest had to go for it. */
  boolean add(Evidence item) {
    boolean full = items.size() >= bound;
    if (full) {
      items.removeFirst();
      settled++;
      lost++;
    }
    items.add(item);
    queued++;
    return !full;
  }

  /** Takes the oldest, to be given back to {@link #settle} when it is known what became of them. */
  List<Evidence> take(int most) {
    List<Evidence> batch = new ArrayList<>(Math.min(items.size(), most));
    while (!items.isEmpty() && batch.size() < most) {
      batch.add(items.removeFirst());
    }
    return List.copyOf(batch);
  }

  /** Whom to tell at once; empty: it is told once all that is queued now is settled. */
  List<Runnable> mark(Settled told) {
    if (settled == queued) {
      return List.of(() -> told.settled(true));
    }
    if (marks.size() >= MAX_MARKS) {
      return List.of(() -> told.settled(false));
    }
    marks.add(new Mark(queued, lost, told));
    return List.of();
  }

  /** What was taken is settled; whom to tell. */
  List<Runnable> settle(int count, boolean written) {
    settled += count;
    lost += written ? 0 : count;
    List<Runnable> reached = new ArrayList<>();
    while (!marks.isEmpty() && marks.getFirst().after() <= settled) {
      Mark mark = marks.removeFirst();
      boolean whole = mark.lost() == lost;
      reached.add(() -> mark.told().settled(whole));
    }
    return reached;
  }
}
