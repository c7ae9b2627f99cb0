package parallax.coordinator.uplink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets observations into the record: so many at a time, each kind first come, first served. What
 * says how it is now goes before what waited at a probe; and the latter stays outside while behind
 * the gate too much waits to be decided upon, for there everything is in one line. Who finds no
 * room waits for it instead of being sent away, or all would come back together. Thread-safe.
 */
final class Gate {
  /** While more than so many observations wait in a shard, on average, nothing late goes in. */
  static final int MAX_BEHIND = 32;

  /**
   * Who waited for so many ticks goes in all the same: a probe leaves a coordinator from which it
   * hears nothing of what it sent for twice as long.
   */
  static final int MAX_TICKS = 40;

  /** What is late may fill this share of the gate, so that what is not finds room. */
  private static final int LATE_SHARE = 10;

  /** How much of the average each answer makes. */
  private static final double WEIGHT = 0.25;

  private final int size;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Deque<Waiting> late = new ArrayDeque<>();
  private int inside;
  private int lateInside;
  private int lateOutside;
  private double behind;
  private long ticks;

  private record Waiting(int count, Runnable enter, long since) {}

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
    List<Runnable> next;
    synchronized (this) {
      waiting.addLast(new Waiting(count, enter, ticks));
      next = admitted();
    }
    next.forEach(Runnable::run);
  }

  /** The same, for what waited at a probe. */
  void enterLate(int count, Runnable enter) {
    List<Runnable> next;
    synchronized (this) {
      late.addLast(new Waiting(count, enter, ticks));
      lateOutside += count;
      next = admitted();
    }
    next.forEach(Runnable::run);
  }

  /** So many are in the record, or will not be; runs whoever has room now. */
  void leave(int count) {
    List<Runnable> next;
    synchronized (this) {
      inside -= count;
      next = admitted();
    }
    next.forEach(Runnable::run);
  }

  /** The same, for what entered as late. */
  void leaveLate(int count) {
    synchronized (this) {
      lateInside -= count;
    }
    leave(count);
  }

  /** So many wait behind the gate in the shard of which this was heard. */
  synchronized void heard(int waitBehind) {
    behind += WEIGHT * (waitBehind - behind);
  }

  /**
   * A tick of the server has passed: somebody goes in to find out how it is behind a gate that is
   * quiet, and so does who waited for too long.
   */
  void tick() {
    List<Runnable> next = new ArrayList<>();
    synchronized (this) {
      ticks++;
      if (inside == 0 && !late.isEmpty()) {
        next.add(letLateIn());
      }
      next.addAll(admitted());
    }
    next.forEach(Runnable::run);
  }

  /** Whether so much waits that nobody more should be let come. */
  synchronized boolean isCrowded() {
    return !waiting.isEmpty() || lateOutside > size;
  }

  private List<Runnable> admitted() {
    List<Runnable> next = new ArrayList<>();
    while (!waiting.isEmpty() && fits(waiting.getFirst().count())) {
      Waiting first = waiting.removeFirst();
      inside += first.count();
      next.add(first.enter());
    }
    while (waiting.isEmpty() && !late.isEmpty() && fitsLate(late.getFirst())) {
      next.add(letLateIn());
    }
    return next;
  }

  private Runnable letLateIn() {
    Waiting first = late.removeFirst();
    inside += first.count();
    lateInside += first.count();
    lateOutside -= first.count();
    return first.enter();
  }

  private boolean fits(int count) {
    return inside == 0 || inside + count <= size;
  }

  private boolean fitsLate(Waiting next) {
    boolean room = lateInside == 0 || lateInside + next.count() <= size / LATE_SHARE;
    boolean turn = behind <= MAX_BEHIND || ticks - next.since() >= MAX_TICKS;
    return turn && room && fits(next.count());
  }
}
