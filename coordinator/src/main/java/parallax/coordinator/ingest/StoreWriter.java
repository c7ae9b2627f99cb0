package parallax.coordinator.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.fault.Steps;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.ingest.Tries.Result;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Recorded;
import parallax.coordinator.store.Store;

/**
 * Writes to the store on a thread of its own, so that deciding never waits for a disk. What was
 * decided goes first and is tried again until it is written; raw evidence follows in batches and
 * gives way when there is too much of it.
 */
public final class StoreWriter implements AutoCloseable {
  /** The most effects that wait for a store that fails; what comes then is dropped and counted. */
  public static final int MAX_EFFECTS = 100_000;

  /** The most evidence that waits, usually; the oldest is dropped and counted. */
  public static final int MAX_EVIDENCE = 50_000;

  /** Evidence appended at once. */
  static final int EVIDENCE_BATCH = 1000;

  /** Evidence is appended after so long even when there is little of it. */
  static final Duration EVIDENCE_DELAY = Duration.ofSeconds(1);

  /** The longest pause between tries while closing. */
  static final Duration LAST_PAUSE = Duration.ofMillis(200);

  /** How long {@link #close} waits until everything is written. */
  static final Duration FLUSH = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

  private final Store store;
  private final Epoch epoch;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Steps steps;
  private final Tally dropped;
  private final Tries tries;
  private final Pruner pruner;
  private final Runnable recorded;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<Batch> effects = new ArrayDeque<>();
  private final EvidenceQueue evidence;
  private int waitingEffects;
  private boolean closing;
  private volatile Optional<Epoch> successor = Optional.empty();

  // Of the store thread only.
  private List<Evidence> appending = List.of();
  private long lastAppend;

  /** What is written at once: what was decided, or what was done. */
  private record Batch(List<Effect> effects, Optional<AuditEntry> entry, Instant at) {
    int size() {
      return effects.size() + (entry.isPresent() ? 1 : 0);
    }
  }

  /** Is told, on any thread, what became of evidence. Must not block. */
  @FunctionalInterface
  public interface Settled {
    /**
     * The evidence is settled.
     *
     * @param written whether all of it is on disk
     */
    void settled(boolean written);
  }

  /**
   * What the writer works with.
   *
   * @param epoch in which everything is recorded that this writer is given
   * @param maxEvidence that waits
   * @param counts of what goes wrong
   */
  public record Ports(
      Store store,
      Epoch epoch,
      InstantSource clock,
      LongSupplier nanos,
      Steps steps,
      int maxEvidence,
      Counts counts) {

    /** With the usual bound. */
    public Ports(Store store, Epoch epoch, InstantSource clock, LongSupplier nanos, Counts counts) {
      this(store, epoch, clock, nanos, Steps.UNWATCHED, MAX_EVIDENCE, counts);
    }
  }

  /**
   * Counts what goes wrong.
   *
   * @param dropped what could not be kept, by kind
   * @param failures of the store, by operation
   */
  public record Counts(Tally dropped, Tally failures) {}

  /**
   * A writer that is yet to be started.
   *
   * @param recorded called after notices were recorded, on the store thread
   */
  public StoreWriter(Ports ports, Runnable recorded) {
    store = ports.store();
    epoch = ports.epoch();
    clock = ports.clock();
    nanos = ports.nanos();
    steps = ports.steps();
    evidence = new EvidenceQueue(ports.maxEvidence());
    dropped = ports.counts().dropped();
    tries = new Tries(ports.counts().failures());
    this.recorded = recorded;
    lastAppend = nanos.getAsLong();
    pruner = new Pruner(store, tries, clock, nanos);
    thread = Thread.ofPlatform().name("parallax-store").daemon().unstarted(this::run);
    dropped.add(0, "effects");
    dropped.add(0, "evidence");
  }

  public void start() {
    thread.start();
  }

  /** Queues what the store records of these effects, as one transaction; never blocks for I/O. */
  public void record(List<Effect> all, Instant at) {
    List<Effect> recordable = all.stream().filter(StoreWriter::isRecordable).toList();
    if (recordable.isEmpty()) {
      return;
    }
    queue(new Batch(recordable, Optional.empty(), at));
  }

  /** Queues what is to be audited; never blocks for I/O. */
  public void audit(AuditEntry entry, Instant at) {
    queue(new Batch(List.of(), Optional.of(entry), at));
  }

  private void queue(Batch batch) {
    lock.lock();
    try {
      if (waitingEffects + batch.size() > MAX_EFFECTS) {
        dropped.add(batch.size(), "effects");
        return;
      }
      waitingEffects += batch.size();
      effects.add(batch);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Queues raw evidence; never blocks for I/O. */
  public void append(Evidence item) {
    lock.lock();
    try {
      if (!evidence.add(item)) {
        dropped.count("evidence");
      }
      if (evidence.size() == EVIDENCE_BATCH) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells what became of the evidence that was queued so far, once it is settled. */
  public void whenSettled(Settled told) {
    locked(() -> evidence.mark(told)).forEach(Runnable::run);
  }

  private List<Runnable> locked(Supplier<List<Runnable>> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing is written right now; empty while writing works. */
  public Optional<String> trouble() {
    if (!thread.isAlive()) {
      return Optional.of("the store thread has ended");
    }
    return successor
        .map(newest -> "another coordinator has taken over, in epoch " + newest.number())
        .or(tries::trouble);
  }

  /** Effects that wait to be written. */
  public int waiting() {
    lock.lock();
    try {
      return waitingEffects;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits, for a bounded time, and ends. The store stays open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(FLUSH)) {
        LOG.error("store=unfinished effects={} evidence={}", waiting(), evidence.size());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (awaitWork()) {
        if (writeEffects() && writeEvidence()) {
          pruner.prune();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until there is something to do; false when closed and done. */
  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      // While the store fails it is left alone for a time; while it works, what comes is written.
      Duration retry = tries.pause();
      long pause = closing ? Math.min(retry.toNanos(), LAST_PAUSE.toNanos()) : retry.toNanos();
      long untilAppend = EVIDENCE_DELAY.toNanos() - (nanos.getAsLong() - lastAppend);
      long left = retry.isZero() ? untilAppend : pause;
      while (left > 0 && !closing && (!retry.isZero() || isIdle())) {
        left = work.awaitNanos(left);
      }
      while (left > 0 && closing && !retry.isZero()) {
        left = work.awaitNanos(Math.min(left, LAST_PAUSE.toNanos()));
      }
      return !closing || !effects.isEmpty() || evidence.size() > 0 || !appending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return effects.isEmpty() && evidence.size() < EVIDENCE_BATCH;
  }

  /** False when the store fails. */
  private boolean writeEffects() {
    for (Optional<Batch> next = head(); next.isPresent(); next = head()) {
      Batch batch = next.get();
      Result result = tries.attempt("record", () -> write(batch));
      if (result == Result.LATER) {
        return false;
      }
      if (result == Result.IMPOSSIBLE) {
        recordOneByOne(batch);
      }
      lock.lock();
      try {
        effects.removeFirst();
        waitingEffects -= batch.size();
      } finally {
        lock.unlock();
      }
      if (batch.effects().stream().anyMatch(Effect.Tell.class::isInstance)) {
        recorded.run();
      }
    }
    return true;
  }

  private void write(Batch batch) {
    batch.entry().ifPresent(entry -> store.audit(entry, batch.at()));
    if (!batch.effects().isEmpty()) {
      write(batch.effects(), batch.at());
    }
  }

  /** What is decided after another coordinator has taken over is none of anybody's business. */
  private void write(List<Effect> decided, Instant at) {
    steps.passed("coordinator.decided");
    switch (store.record(epoch, decided, at)) {
      case Recorded.Written _ -> steps.passed("coordinator.committed");
      case Recorded.Outdated(Epoch newest) -> {
        dropped.add(decided.size(), "effects");
        if (successor.isEmpty()) {
          LOG.error("store=outdated epoch={} newest={}", epoch.number(), newest.number());
        }
        successor = Optional.of(newest);
      }
    }
  }

  /** One effect that cannot be written must not take the others with it. */
  private void recordOneByOne(Batch batch) {
    for (Effect effect : batch.effects()) {
      if (tries.attempt("record", () -> write(List.of(effect), batch.at())) != Result.DONE) {
        dropped.count("effects");
        LOG.error("store=refused effect={}", effect.getClass().getSimpleName());
      }
    }
  }

  /** Writes one batch, so that effects never wait for more than one; false when the store fails. */
  private boolean writeEvidence() {
    if (takeEvidence()) {
      Result result = tries.attempt("append", () -> store.append(appending));
      if (result == Result.LATER) {
        return false;
      }
      int written = appending.size();
      appending = List.of();
      locked(() -> evidence.settle(written, result == Result.DONE)).forEach(Runnable::run);
    }
    return true;
  }

  /** Takes the next batch, unless one is still in hand; false when none is due. */
  private boolean takeEvidence() {
    long now = nanos.getAsLong();
    lock.lock();
    try {
      boolean due =
          closing
              || evidence.size() >= EVIDENCE_BATCH
              || now - lastAppend >= EVIDENCE_DELAY.toNanos();
      if (appending.isEmpty() && due) {
        lastAppend = now;
        appending = evidence.take(EVIDENCE_BATCH);
      }
      return !appending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Batch> head() {
    lock.lock();
    try {
      return Optional.ofNullable(effects.peekFirst());
    } finally {
      lock.unlock();
    }
  }

  private static boolean isRecordable(Effect effect) {
    return switch (effect) {
      case Effect.VerdictChanged _, Effect.TargetForgotten _, Effect.IncidentChanged _ -> true;
      case Effect.Tell(var notice) -> !notice.receivers().isEmpty();
      case Effect.AskAgain _ -> false;
    };
  }
}
