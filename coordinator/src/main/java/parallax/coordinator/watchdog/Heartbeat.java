package parallax.coordinator.watchdog;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.policy.Watchdog;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.metrics.HeartbeatCounts;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.SourceRevision;

/**
 * Tells the watchdog of the configuration, if it names one, that its coordinator decides and
 * records; says nothing while it does not, so that the watchdog raises the alarm.
 */
public final class Heartbeat implements AutoCloseable {
  /** How often the coordinator is looked at. */
  static final Duration LOOK = Duration.ofSeconds(1);

  /** How often a coordinator that does not answer is asked. */
  static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Ports ports;
  private final long start;
  private final Caller caller;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Function<Runnable, Thread> threads;
  private final Thread thread;
  private volatile Optional<Thread> asking = Optional.empty();

  // Of the thread only.
  private Vigil vigil = Vigil.since(Duration.ZERO);
  private Rhythm rhythm = Rhythm.from(Duration.ZERO);
  private Optional<Watchdog> watchdog = Optional.empty();
  private Optional<Duration> asked = Optional.empty();
  private Optional<String> silent = Optional.empty();

  /**
   * Who speaks, and by what.
   *
   * @param name of the coordinator, for people
   * @param epoch in which it decides
   * @param configuration the one in force
   * @param random for the jitter
   */
  public record Ports(
      String name,
      Epoch epoch,
      String version,
      Supplier<ConfigurationStatus> configuration,
      Coordinator coordinator,
      Clocks clocks,
      RandomGenerator random,
      HeartbeatCounts counts) {}

  /** Wall time, and a monotonic clock in nanoseconds. */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  /** The coordinator, as it is looked at. */
  public interface Coordinator {
    Signs signs();

    /**
     * Asks whether everything that came before is decided and on record; waits while there is no
     * room for the question.
     */
    void ask(StoreWriter.Settled answer) throws InterruptedException;
  }

  private record Answer(Duration asked, boolean kept) {}

  /** One that is yet to be started. */
  public Heartbeat(Ports ports) {
    this(ports, question -> Thread.ofVirtual().name("parallax-heartbeat-ask").start(question));
  }

  /**
   * The same.
   *
   * @param threads start what waits until there is room for a question
   */
  Heartbeat(Ports ports, Function<Runnable, Thread> threads) {
    this.ports = ports;
    this.threads = threads;
    start = ports.clocks().nanos().getAsLong();
    caller = new Caller(ports.version());
    thread = Thread.ofVirtual().name("parallax-heartbeat").unstarted(this::run);
  }

  /** Speaks from now on, when there is somebody to be told. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        supervised();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Silence that nothing explains would be a false alarm of the worst kind. */
  private void supervised() {
    try {
      look();
    } catch (RuntimeException e) {
      ports.counts().failed();
      LOG.error("watchdog=failed error={}", e.toString(), e);
    }
  }

  /** One look; on one thread at a time. */
  void look() {
    Duration now = now();
    Optional<Watchdog> wanted = ports.configuration().get().configuration().watchdog();
    if (!wanted.equals(watchdog)) {
      watchdog = wanted;
      rhythm = Rhythm.from(now);
      vigil = Vigil.since(now);
    }
    if (wanted.isEmpty()) {
      return;
    }
    for (Answer each = answers.poll(); each != null; each = answers.poll()) {
      vigil = vigil.answered(each.asked(), each.kept());
    }
    Signs signs = ports.coordinator().signs();
    vigil = vigil.looked(signs, now);
    ask(now);
    switch (rhythm.turn(vigil.trouble(signs, now), now)) {
      case Turn.Send _ -> send(wanted.get());
      case Turn.Silent(String why) -> hold(why);
      case Turn.Rest _ -> {}
    }
  }

  private void ask(Duration now) {
    boolean answered =
        asked.isEmpty() || asked.equals(vigil.proven()) || asked.equals(vigil.lost());
    boolean again = now.minus(asked.orElse(now)).compareTo(ASK_AGAIN) >= 0;
    if ((answered || again) && asking.filter(Thread::isAlive).isEmpty()) {
      asked = Optional.of(now);
      asking = Optional.of(threads.apply(() -> question(now)));
    }
  }

  private void question(Duration now) {
    try {
      ports.coordinator().ask(kept -> answers.add(new Answer(now, kept)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold(String why) {
    if (silent.isEmpty()) {
      ports.counts().withheld();
    }
    if (!silent.equals(Optional.of(why))) {
      LOG.warn("watchdog=silent why=\"{}\"", why);
    }
    silent = Optional.of(why);
  }

  private void send(Watchdog to) {
    silent = Optional.empty();
    Arrival arrival = caller.send(to.url(), body());
    boolean again =
        switch (arrival) {
          case Arrival.Taken _ -> {
            ports.counts().delivered(ports.clocks().wall().instant());
            yield false;
          }
          case Arrival.NotTaken _ when closed.getCount() == 0 -> false;
          case Arrival.NotTaken(String why, boolean worthIt) -> {
            ports.counts().failed();
            LOG.warn("watchdog=not_told why=\"{}\"", why);
            yield worthIt;
          }
        };
    rhythm = Rhythm.after(now(), to.every(), again, ports.random().nextDouble());
  }

  private JsonObject body() {
    ConfigurationStatus status = ports.configuration().get();
    JsonObject body =
        new JsonObject()
            .put("coordinator", ports.name())
            .put("epoch", ports.epoch().number())
            .put("version", ports.version())
            .put("revision", status.configuration().revision());
    status.source().map(SourceRevision::commit).ifPresent(commit -> body.put("commit", commit));
    return body.put("time", ports.clocks().wall().instant().toString());
  }

  private Duration now() {
    return Duration.ofNanos(ports.clocks().nanos().getAsLong() - start);
  }

  /** Says no more. */
  @Override
  public void close() {
    closed.countDown();
    caller.close();
    asking.ifPresent(Thread::interrupt);
    try {
      if (thread.isAlive() && !thread.join(GOODBYE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
