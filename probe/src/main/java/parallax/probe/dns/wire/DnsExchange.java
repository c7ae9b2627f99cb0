package parallax.probe.dns.wire;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import parallax.probe.check.Deadline;
import parallax.probe.net.Departure;

/**
 * Asks one server one question: over UDP with an id of its own from a port that is soon another one
 * ({@link UdpLines}), once more from yet another when no answer comes, over TCP when the answer was
 * truncated (RFC 7766 section 5), without EDNS when the server does not know it (RFC 6891 section
 * 7).
 *
 * <p>At most {@link #MAX_IN_FLIGHT} questions are out at a time over the whole probe; more than
 * that on one machine gives false timeouts. {@link #MAX_WAITING} wait for their turn within their
 * deadlines, further ones end at once with PROBE_OVERLOADED.
 */
public final class DnsExchange {
  public static final int MAX_IN_FLIGHT = 500;
  public static final int MAX_WAITING = 4_000;

  /** Packets with a wrong id that are passed over before the server is given up as hostile. */
  public static final int MAX_FOREIGN_PACKETS = 1_000;

  private final VertxInternal vertx;
  private final Shared shared;
  private final LongAdder asked = new LongAdder();

  /** What all exchanges share. */
  record Shared(
      Transport transport,
      QueryGate gate,
      SecureRandom random,
      Departure departure,
      ConcurrentMap<EventLoop, OfLoop> byLoop) {
    OfLoop of(EventLoop loop) {
      return byLoop.computeIfAbsent(
          loop, _ -> new OfLoop(new UdpLines(transport, loop, departure), new Stalls(loop)));
    }
  }

  /** What the exchanges of one event loop share. */
  record OfLoop(UdpLines udp, Stalls stalls) {}

  /**
   * How long an event loop was kept from working while there were questions out. Confined to it.
   */
  static final class Stalls {
    /** A beat that is later than this is a stall; what is less is how machines are. */
    private static final Duration SLACK = Duration.ofMillis(50);

    private static final Duration BEAT = Duration.ofMillis(100);

    private final EventLoop loop;
    private boolean beating;
    private int watchers;
    private long nextNanos;
    private long stalledNanos;

    Stalls(EventLoop loop) {
      this.loop = loop;
    }

    /**
     * Begins to watch; to be followed by one {@link #unwatch}. Returns what {@link #nanos} does.
     */
    long watch() {
      watchers++;
      if (!beating) {
        beat();
      }
      return nanos();
    }

    void unwatch() {
      watchers--;
    }

    /** All stalls so far, one that has not ended included. */
    long nanos() {
      return stalledNanos + (beating ? overdue() : 0);
    }

    private long overdue() {
      long late = loop.ticker().nanoTime() - nextNanos;
      return late > SLACK.toNanos() ? late : 0;
    }

    private void beat() {
      beating = true;
      nextNanos = loop.ticker().nanoTime() + BEAT.toNanos();
      ScheduledFuture<?> _ = loop.schedule(this::beaten, BEAT.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void beaten() {
      stalledNanos += overdue();
      beating = false;
      if (watchers > 0) {
        beat();
      }
    }
  }

  /** What one exchange is told. */
  record Asked(InetSocketAddress server, Question question, Manner manner, Deadline deadline) {}

  public DnsExchange(Vertx vertx) {
    this(vertx, Departure.ANY);
  }

  /** With questions that leave from there. */
  public DnsExchange(Vertx vertx, Departure departure) {
    this(vertx, departure, MAX_IN_FLIGHT, MAX_WAITING);
  }

  /** With bounds of its own instead of {@link #MAX_IN_FLIGHT} and {@link #MAX_WAITING}. */
  public DnsExchange(Vertx vertx, int maxInFlight, int maxWaiting) {
    this(vertx, Departure.ANY, maxInFlight, maxWaiting);
  }

  private DnsExchange(Vertx vertx, Departure departure, int maxInFlight, int maxWaiting) {
    this.vertx = (VertxInternal) vertx;
    this.shared =
        new Shared(
            this.vertx.transport(),
            new QueryGate(maxInFlight, maxWaiting),
            new SecureRandom(),
            departure,
            new ConcurrentHashMap<>());
  }

  /**
   * Asks {@code server} as a resolver is asked. May be called from any thread; the work is done on
   * the event loop of the caller's context.
   *
   * @param server resolved
   * @return never fails; completes at the deadline at the latest, on the caller's context
   */
  public Future<Exchanged> ask(InetSocketAddress server, Question question, Deadline deadline) {
    return ask(server, question, Manner.OF_RESOLVER, deadline).map(Exchanged::of);
  }

  /** As {@link #ask(InetSocketAddress, Question, Deadline)}, in any manner, and telling all. */
  public Future<Heard> ask(
      InetSocketAddress server, Question question, Manner manner, Deadline deadline) {
    asked.increment();
    ContextInternal context = vertx.getOrCreateContext();
    PromiseInternal<Heard> promise = context.promise();
    EventLoop loop = context.nettyEventLoop();
    Exchange exchange =
        new Exchange(
            shared, loop, new Asked(server, question, manner, deadline), promise::complete);
    if (loop.inEventLoop()) {
      exchange.begin();
    } else {
      loop.execute(exchange::begin);
    }
    return promise.future();
  }

  /** A promise that completes on the caller's context, whoever completes it. */
  <T> PromiseInternal<T> promise() {
    return vertx.promise();
  }

  /** How many questions there were so far, each counted once however often it was repeated. */
  public long asked() {
    return asked.sum();
  }

  /** How many questions are out. */
  public int inFlight() {
    return shared.gate().inFlight();
  }
}
