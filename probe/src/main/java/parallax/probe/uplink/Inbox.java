package parallax.probe.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.wire.Priority;
import parallax.probe.uplink.wire.LineEvent;

/**
 * What event loops hand over to the uplink's thread: observations, a bounded number, and what
 * happens to streams. Nobody who hands over waits.
 */
final class Inbox {
  /** Observations that wait for the disk; what comes beyond is dropped and counted. */
  static final int MAX_OBSERVATIONS = 10_000;

  /** Of frames that wait; beyond, the stream is told to wait. */
  private static final long MAX_FRAME_BYTES = 8 * 1024 * 1024;

  private static final int MAX_FRAMES = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Deque<Observation> observations = new ArrayDeque<>();
  private final Deque<Told> events = new ArrayDeque<>();
  private final Map<Priority, Long> dropped = new EnumMap<>(Priority.class);
  private long frameBytes;
  private int frames;
  private boolean heldUp;
  private boolean closed;

  /** Something that happened to the stream of this number. */
  record Told(int line, LineEvent event) {}

  /**
   * What there was.
   *
   * @param heldUp whether the stream waits to be told to go on
   * @param closed whether no more observations come
   */
  record Taken(List<Observation> observations, List<Told> events, boolean heldUp, boolean closed) {}

  /** Hands over an observation, or counts it when there is no room. */
  void offer(Observation observation) {
    lock.lock();
    try {
      if (closed || observations.size() >= MAX_OBSERVATIONS) {
        boolean routine = observation.outcome() instanceof Outcome.Up;
        dropped.merge(routine ? Priority.ROUTINE : Priority.TROUBLE, 1L, Long::sum);
        return;
      }
      observations.add(observation);
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Tells what happened to a stream; false when the stream must wait with more frames. */
  boolean tell(int line, LineEvent event) {
    lock.lock();
    try {
      events.add(new Told(line, event));
      if (event instanceof LineEvent.Came came) {
        frames++;
        frameBytes += came.frame().length();
      }
      heldUp |= frames >= MAX_FRAMES || frameBytes >= MAX_FRAME_BYTES;
      something.signal();
      return !heldUp;
    } finally {
      lock.unlock();
    }
  }

  /** No more observations are taken from here on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something, or for {@code most}; all events, and so many observations. */
  Taken take(int maxObservations, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (observations.isEmpty() && events.isEmpty() && left > 0) {
        left = something.awaitNanos(left);
      }
      List<Observation> some = new ArrayList<>();
      while (!observations.isEmpty() && some.size() < maxObservations) {
        some.add(observations.remove());
      }
      Taken taken = new Taken(some, List.copyOf(events), heldUp, closed && observations.isEmpty());
      events.clear();
      frames = 0;
      frameBytes = 0;
      heldUp = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** What found no room, since the start. */
  Map<Priority, Long> dropped() {
    lock.lock();
    try {
      Map<Priority, Long> copy = new EnumMap<>(Priority.class);
      copy.putAll(dropped);
      return copy;
    } finally {
      lock.unlock();
    }
  }
}
