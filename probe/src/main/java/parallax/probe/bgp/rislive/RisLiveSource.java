package parallax.probe.bgp.rislive;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.bgp.rislive.message.RisLiveMessage;
import parallax.probe.bgp.rislive.message.RisLiveReader;
import parallax.probe.bgp.rislive.wire.Connection;
import parallax.probe.bgp.rislive.wire.Dialer;
import parallax.probe.net.Cidr;

/**
 * Listens to RIS Live while anything is wanted. One virtual thread connects, reads, asks and tells
 * the listener: a listener that takes its time slows the service down, until that ends the
 * connection.
 *
 * <p>The WebSocket takes up to 10,000 prefixes and changes them on the connection. The stream takes
 * what fits into the headers of six requests, some 1,500, and is connected anew when they change.
 */
public final class RisLiveSource implements RouteSource {
  public static final String NAME = "ris-live";

  /** How long it waits for something to come before it looks whether something is due. */
  private static final Duration MAX_WAIT = Duration.ofMillis(250);

  /** For the thread to end: then whatever it still does is not told. */
  private static final Duration CLOSE_TIME = Duration.ofMillis(900);

  private static final Logger LOG = LoggerFactory.getLogger(RisLiveSource.class);

  private final RisLiveSettings settings;
  private final InstantSource clock;
  private final Dialer dialer;
  private final RisLiveSession session;
  private final SourceCount count = new SourceCount();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<Optional<SortedSet<Cidr>>> news =
      new AtomicReference<>(Optional.empty());
  private boolean failing;
  private volatile @Nullable Connection open;
  private volatile @Nullable Thread thread;

  /**
   * @param random for the pauses between connections, so that clients that were cut off together do
   *     not come back together; only used by the source's thread
   */
  public RisLiveSource(
      RisLiveSettings settings, InstantSource clock, RandomGenerator random, Dialer dialer) {
    this.settings = settings;
    this.clock = clock;
    this.dialer = dialer;
    this.session = new RisLiveSession(settings, random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(RouteListener listener) {
    thread = Thread.ofVirtual().name(NAME).start(() -> run(listener));
  }

  @Override
  public void want(SortedSet<Cidr> prefixes) {
    news.set(Optional.of(Collections.unmodifiableSortedSet(new TreeSet<>(prefixes))));
  }

  @Override
  public SourceFigures figures() {
    return count.figures();
  }

  private void run(RouteListener listener) {
    try {
      while (!stopped.await(0, TimeUnit.MILLISECONDS)) {
        takeIn();
        Instant now = clock.instant();
        Optional<Instant> connectAt = session.connectAt();
        Duration left = connectAt.map(at -> Duration.between(now, at)).orElse(MAX_WAIT);
        if (left.isPositive()) {
          await(left);
        } else {
          connect(listener);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(Duration left) throws InterruptedException {
    Duration most = left.compareTo(MAX_WAIT) < 0 ? left : MAX_WAIT;
    boolean ended = stopped.await(most.toNanos(), TimeUnit.NANOSECONDS);
    LOG.trace("waited ended={}", ended);
  }

  /** What is wanted, where that is new. */
  private void takeIn() {
    Optional<SortedSet<Cidr>> wanted = news.getAndSet(Optional.empty());
    if (wanted.isPresent()) {
      Collection<Cidr> all = wanted.get();
      int taken = session.want(takesRequests() ? all : StreamFilters.of(all).prefixes());
      if (taken < all.size()) {
        LOG.warn("ris-live wanted={} left_out={}", all.size(), all.size() - taken);
      }
    }
  }

  private boolean takesRequests() {
    return settings.takesRequests();
  }

  private void connect(RouteListener listener) throws InterruptedException {
    StreamFilters filters =
        takesRequests()
            ? new StreamFilters(List.of(), List.of())
            : StreamFilters.of(session.wanted());
    String reason = "";
    boolean connected = false;
    try (Connection connection = dialer.dial(settings.address(), filters.filters())) {
      open = connection;
      connected = true;
      Instant now = clock.instant();
      count.connected();
      LOG.info("ris-live connected address={}", settings.address());
      listener.connected(NAME, now);
      Optional<String> end =
          carryOut(session.opened(filters.prefixes(), now), connection, listener);
      reason = end.isPresent() ? end.get() : converse(connection, listener);
    } catch (IOException broken) {
      reason = String.valueOf(broken.getMessage());
    } catch (RuntimeException bug) {
      // Of the listener: it is not to end all listening for good.
      LOG.error("ris-live failed", bug);
      reason = "failed: " + bug.getClass().getSimpleName();
    } finally {
      open = null;
      count.closed();
    }
    Instant now = clock.instant();
    session.closed(now);
    if (running()) {
      told(connected, reason);
      if (connected) {
        listener.lost(NAME, now, reason);
      }
    }
  }

  /** Once when it is lost, or cannot be had, and not at every try. */
  private void told(boolean connected, String reason) {
    boolean news = connected || !failing;
    failing = !connected;
    LOG.atLevel(news ? Level.WARN : Level.DEBUG)
        .log("ris-live lost={} reason=\"{}\"", connected, reason);
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  /** Until the connection is to end; the reason why. */
  private String converse(Connection connection, RouteListener listener)
      throws IOException, InterruptedException {
    Optional<String> end = Optional.empty();
    while (end.isEmpty() && running()) {
      Duration left = Duration.between(clock.instant(), session.due());
      Duration most = left.compareTo(MAX_WAIT) < 0 ? left : MAX_WAIT;
      Optional<String> frame = connection.next(most);
      Instant now = clock.instant();
      if (frame.isPresent()) {
        RisLiveMessage message = RisLiveReader.read(frame.get());
        count.message(message, frame.get().length(), now);
        end = carryOut(session.received(message, now), connection, listener);
      }
      takeIn();
      if (end.isEmpty()) {
        end = carryOut(session.tick(now), connection, listener);
      }
    }
    return end.orElse("closed");
  }

  private Optional<String> carryOut(
      List<Effect> effects, Connection connection, RouteListener listener)
      throws IOException, InterruptedException {
    Optional<String> end = Optional.empty();
    for (Effect effect : effects) {
      if (!running()) {
        return Optional.of("closed");
      }
      switch (effect) {
        case Effect.Send(String frame) -> connection.send(frame);
        case Effect.Hear(var events) -> listener.heard(events, clock.instant());
        case Effect.Alive(String collector) -> listener.alive(collector, clock.instant());
        case Effect.Close(String reason) -> end = Optional.of(reason);
      }
    }
    return end;
  }

  @Override
  public void close() {
    stopped.countDown();
    Connection connection = open;
    if (connection != null) {
      connection.close();
    }
    Thread running = thread;
    if (running != null) {
      try {
        running.interrupt();
        boolean ended = running.join(CLOSE_TIME);
        LOG.debug("ris-live closed ended={}", ended);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
