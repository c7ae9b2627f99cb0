package parallax.coordinator.replay;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is still to happen, by time; what is planned for the same moment happens in the order in
 * which it was planned.
 */
public final class Agenda<T> {
  /** More is not planned ahead: a core that asks for ever more checks is at fault. */
  public static final int MAX_PLANNED = 2_000_000;

  private final PriorityQueue<Planned<T>> planned =
      new PriorityQueue<>(
          Comparator.<Planned<T>>comparingLong(Planned::atMs).thenComparingLong(Planned::sequence));
  private long sequence;

  /** Something planned. */
  private record Planned<T>(long atMs, long sequence, T what) {}

  /** Plans something; what is planned for the past is next. */
  public void plan(long atMs, T what) {
    if (planned.size() >= MAX_PLANNED) {
      throw new IllegalStateException("more than " + MAX_PLANNED + " things are planned");
    }
    planned.add(new Planned<>(atMs, sequence++, what));
  }

  /** When the next thing happens; the end of all time when nothing is planned. */
  public long nextMs() {
    Planned<T> next = planned.peek();
    return next == null ? Long.MAX_VALUE : next.atMs();
  }

  /** Takes the next thing. */
  public T take() {
    return planned.remove().what();
  }
}
