package parallax.coordinator.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.target.TargetName;
import parallax.coordinator.clock.SteadyClock;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.dependency.LearntDependencies;
import parallax.coordinator.dependency.RouteViews;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.UptimeHistory;

/**
 * The one thread that decides. Everything that happens comes to it through one bounded queue; it
 * asks the core, hands on the effects and shows the outcome to readers. Nothing it calls blocks.
 */
public final class DecisionLoop implements AutoCloseable {
  /** The most observations that wait; when there are more the newest is dropped and counted. */
  public static final int MAX_QUEUE = 65_536;

  /** The most inputs whose effects are recorded together. */
  static final int MAX_BATCH = 256;

  /** What comes one after another is decided on together: to be woken costs as much as a look. */
  static final Duration GATHER = Duration.ofMillis(5);

  /** How often the core is told that time passed, at least. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** Readers may see evidence, not verdicts, this much late. */
  static final Duration PUBLISH = Duration.ofMillis(100);

  /** A loop that has not come round for so long is stuck. */
  static final Duration STUCK = Duration.ofSeconds(30);

  /** How long {@link #close} waits for what is queued. */
  static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(DecisionLoop.class);

  private final Ports ports;
  private final Clocks clocks;
  private final Supervised deciding;
  private final Board board;
  private final LearntDependencies learnt = new LearntDependencies();
  private final RouteViews routes = new RouteViews();
  private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(MAX_QUEUE);
  private final AtomicReference<Optional<Configuration>> configuration =
      new AtomicReference<>(Optional.empty());
  private final Thread thread;
  private volatile boolean closing;
  private volatile long cameRound;
  private final SteadyClock steady;
  private long lastTick;
  private long lastPublished;
  private boolean urgent;

  /**
   * What the loop drives and feeds.
   *
   * @param desk says to whom the core speaks
   * @param failing receivers at which nothing arrives, and since when
   * @param listener is told what came in, on the decision thread
   * @param took is told how many nanoseconds each decision took
   * @param dropped by reason
   * @param failures of the core and the desk, by input
   */
  public record Ports(
      Decider decider,
      Desk desk,
      Supplier<SortedMap<String, Instant>> failing,
      StoreWriter writer,
      AskAgain askAgain,
      Listener listener,
      LongConsumer took,
      Tally dropped,
      Tally failures) {}

  /** Hears what came in. Called on the decision thread, so it must not block. */
  public interface Listener {
    void saw(Observation observation);

    void configured(Configuration configuration);
  }

  /** Wall time, and a monotonic clock in nanoseconds. */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  private sealed interface Message {
    record Seen(Evidence evidence, boolean kept) implements Message {}

    record Remembered(TargetName target, UptimeHistory history) implements Message {}

    record Alive(Beat beat) implements Message {}

    record Mark(StoreWriter.Settled told) implements Message {}

    record Done(DeskInput deed) implements Message {}

    record Silenced(List<Silence> value) implements Message {}
  }

  public DecisionLoop(Ports ports, Clocks clocks) {
    this.ports = ports;
    this.clocks = clocks;
    steady = new SteadyClock(clocks.wall());
    deciding = new Supervised(ports, clocks.nanos());
    board = new Board(steady.now());
    lastTick = clocks.nanos().getAsLong();
    lastPublished = lastTick;
    cameRound = lastTick;
    thread = Thread.ofPlatform().name("parallax-decide").daemon().unstarted(this::run);
    ports.dropped().add(0, "queue_full");
    ports.dropped().add(0, "unknown_target");
    ports.failures().add(0, "observed");
  }

  /** Starts deciding. */
  public void start() {
    thread.start();
  }

  /** Takes in an observation; never blocks. */
  public void ingest(Observation observation) {
    offer(new Message.Seen(new Evidence(observation, clocks.wall().instant()), true));
  }

  /** Takes in a probe's sign of life; never blocks. */
  public void heard(Beat beat) {
    offer(new Message.Alive(beat));
  }

  /**
   * Takes in evidence, in order; never blocks.
   *
   * @param told once all that was taken in is settled; that nothing was written when there was no
   *     room for all of it
   */
  public void ingest(List<Evidence> evidence, StoreWriter.Settled told) {
    boolean all = evidence.stream().allMatch(item -> offer(new Message.Seen(item, true)));
    if (!all || !offer(new Message.Mark(told))) {
      told.settled(false);
    }
  }

  /** Takes in what people did; false when there is no room for it now. Never blocks. */
  public boolean hear(DeskInput deed) {
    return offer(new Message.Done(deed));
  }

  /** The same, but waits while there is no room. */
  public void feed(List<Evidence> evidence, StoreWriter.Settled told) throws InterruptedException {
    for (Evidence item : evidence) {
      queue.put(new Message.Seen(item, true));
    }
    queue.put(new Message.Mark(told));
  }

  /** Decides on evidence that others keep; waits while there is no room. */
  public void feedOnly(List<Evidence> evidence) throws InterruptedException {
    for (Evidence item : evidence) {
      queue.put(new Message.Seen(item, false));
    }
  }

  private boolean offer(Message message) {
    boolean taken = !closing && queue.offer(message);
    if (!taken) {
      ports.dropped().count("queue_full");
    }
    return taken;
  }

  /** What is watched from now on; of several in quick succession only the last one counts. */
  public void configure(Configuration value) {
    configuration.set(Optional.of(value));
  }

  /** For what nobody is told from now on; said again when the queue is full. */
  public boolean silence(List<Silence> value) {
    return offer(new Message.Silenced(value));
  }

  /** The uptime of a target before this process; waits while the queue is full. */
  public void remember(TargetName target, UptimeHistory history) throws InterruptedException {
    queue.put(new Message.Remembered(target, history));
  }

  public Snapshot snapshot() {
    return board.snapshot();
  }

  /** Why nothing is decided right now; empty while decisions are made. */
  public Optional<String> trouble() {
    if (!thread.isAlive()) {
      return Optional.of("the decision thread has ended");
    }
    long silent = clocks.nanos().getAsLong() - cameRound;
    return silent > STUCK.toNanos()
        ? Optional.of("the decision thread is stuck")
        : Optional.empty();
  }

  /** How many inputs wait. */
  public int waiting() {
    return queue.size();
  }

  /** Decides what is queued, for a bounded time, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      if (!thread.join(DRAIN)) {
        LOG.warn("decision=unfinished waiting={}", queue.size());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Message> batch = new ArrayList<>(MAX_BATCH);
    try {
      while (!closing || !queue.isEmpty()) {
        batch.clear();
        Message first = queue.poll(untilNextWork().toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, MAX_BATCH - 1);
        }
        supervised(batch);
        cameRound = clocks.nanos().getAsLong();
        if (first != null && !closing && queue.size() < MAX_BATCH) {
          LockSupport.parkNanos(GATHER.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The thread outlives whatever one round stumbles over. */
  private void supervised(List<Message> batch) {
    try {
      round(batch);
    } catch (RuntimeException e) {
      ports.failures().count("round");
      LOG.error("decision=failed input=round error={}", e.toString(), e);
    }
  }

  private Duration untilNextWork() {
    long now = clocks.nanos().getAsLong();
    long tick = TICK.toNanos() - (now - lastTick);
    long publish = PUBLISH.toNanos() - (now - lastPublished);
    // While closing, or with a configuration at hand, nobody is kept waiting for the next tick.
    long most = closing || configuration.get().isPresent() ? 0 : PUBLISH.toNanos();
    return Duration.ofNanos(Math.clamp(Math.min(tick, publish), 0, most));
  }

  private void round(List<Message> batch) {
    Instant now = steady.now();
    List<Effect> effects = new ArrayList<>();
    configuration
        .getAndSet(Optional.empty())
        .ifPresent(value -> effects.addAll(configured(value, now)));
    batch.forEach(message -> effects.addAll(take(message, now)));
    long nanos = clocks.nanos().getAsLong();
    if (nanos - lastTick >= TICK.toNanos()) {
      lastTick = nanos;
      for (RouteView view : routes.passed(now)) {
        effects.addAll(deciding.decide(new Input.Routed(view), "routed", now));
      }
      effects.addAll(deciding.passed(now));
      urgent = true;
      apply(deciding.ticked(effects, now), now);
      board.failing(deciding.failing());
    } else {
      effects.addAll(deciding.due(now));
      apply(deciding.addressed(effects, now), now);
    }
    if (urgent || nanos - lastPublished >= PUBLISH.toNanos()) {
      lastPublished = nanos;
      urgent = false;
      board.publish(ports.decider(), now);
    }
  }

  private List<Effect> configured(Configuration value, Instant now) {
    List<Effect> effects = new ArrayList<>(deciding.configured(value, board.silences(), now));
    for (TargetName moved : learnt.configured(value)) {
      effects.addAll(learnt(moved, Dependencies.NONE, now));
    }
    board.configure(value, ports.decider(), now);
    board.incidents(ports.decider().openIncidents());
    ports.listener().configured(value);
    urgent = true;
    // That targets begin unknown, or are gone, is one piece of news, not thousands.
    LOG.info(
        "configuration=in_force revision={} targets={}", value.revision(), value.targets().size());
    return effects;
  }

  private List<Effect> take(Message message, Instant now) {
    return switch (message) {
      case Message.Remembered(TargetName target, UptimeHistory history) -> {
        board.remembered(target, history);
        yield List.of();
      }
      case Message.Seen(Evidence evidence, boolean kept) -> observed(evidence, kept, now);
      case Message.Silenced(var value) -> {
        board.silences(value);
        yield deciding.configured(board.configuration(), value, now);
      }
      case Message.Alive(Beat beat) -> deciding.decide(new Input.Heard(beat), "heard", now);
      case Message.Mark(StoreWriter.Settled told) -> {
        ports.writer().whenSettled(told);
        yield List.of();
      }
      case Message.Done(DeskInput deed) -> {
        deciding.hear(deed, now);
        yield List.of();
      }
    };
  }

  private List<Effect> observed(Evidence evidence, boolean kept, Instant now) {
    if (!board.knows(evidence.observation().target())) {
      ports.dropped().count("unknown_target");
      return List.of();
    }
    Observation observation = evidence.observation();
    List<Effect> effects =
        new ArrayList<>(deciding.decide(new Input.Observed(evidence), "observed", now));
    learnt
        .saw(observation, now)
        .ifPresent(known -> effects.addAll(learnt(observation.target(), known, now)));
    for (RouteView view : routes.saw(observation, now)) {
      effects.addAll(deciding.decide(new Input.Routed(view), "routed", now));
    }
    board.saw(evidence);
    ports.listener().saw(observation);
    if (kept) {
      ports.writer().append(evidence);
    }
    return effects;
  }

  private List<Effect> learnt(TargetName target, Dependencies dependencies, Instant now) {
    return deciding.decide(new Input.Learnt(target, dependencies), "learnt", now);
  }

  private void apply(List<Effect> effects, Instant now) {
    ports.writer().record(effects, now);
    boolean incidents = false;
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.VerdictChanged(var verdict) -> {
          board.judged(verdict, ports.decider());
          urgent = true;
        }
        case Effect.IncidentChanged _ -> incidents = true;
        case Effect.AskAgain again -> ports.askAgain().ask(again, LOG);
        case Effect.TargetForgotten _, Effect.Tell _ -> {}
      }
    }
    if (incidents) {
      board.incidents(ports.decider().openIncidents());
      urgent = true;
    }
  }
}
