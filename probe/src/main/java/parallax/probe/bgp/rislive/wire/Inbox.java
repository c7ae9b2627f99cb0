package parallax.probe.bgp.rislive.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Frames that came and were not taken yet, a bounded number of them, and how it ended. */
final class Inbox {
  static final int MAX_FRAMES = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<String> frames = new ArrayDeque<>();
  private Optional<String> ended = Optional.empty();

  /** Waits while there is no room; whether it was taken in, which it is not after the end. */
  boolean put(String frame) throws InterruptedException {
    lock.lock();
    try {
      while (frames.size() >= MAX_FRAMES && ended.isEmpty()) {
        changed.await();
      }
      return add(frame);
    } finally {
      lock.unlock();
    }
  }

  /** Does not wait; whether there was room. */
  boolean offer(String frame) {
    lock.lock();
    try {
      return frames.size() < MAX_FRAMES && add(frame);
    } finally {
      lock.unlock();
    }
  }

  private boolean add(String frame) {
    if (ended.isPresent()) {
      return false;
    }
    frames.add(frame);
    changed.signalAll();
    return true;
  }

  /** Nothing more comes. The first reason stands. */
  void end(String reason) {
    lock.lock();
    try {
      ended = ended.or(() -> Optional.of(reason));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<String> next(Duration most) throws IOException, InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (frames.isEmpty() && ended.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      String frame = frames.poll();
      if (frame == null && ended.isPresent()) {
        throw new IOException(ended.get());
      }
      changed.signalAll();
      return Optional.ofNullable(frame);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether it goes on.
   *
   * @throws IOException with the reason when it has ended
   */
  void check() throws IOException {
    lock.lock();
    try {
      if (ended.isPresent()) {
        throw new IOException(ended.get());
      }
    } finally {
      lock.unlock();
    }
  }
}
