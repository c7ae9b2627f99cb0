package parallax.probe.trace;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.seen.TraceSeen;
import parallax.probe.check.NanoSource;
import parallax.probe.kernel.Kernel;
import parallax.probe.net.Departure;

/**
 * Traces by connections to the port that could not be reached, {@link Hops#WAVE} hops at once,
 * those that stay silent asked once more: what passes there need not pass for an echo, and the
 * other way round. Goes by another tracer where there is no port, and where connections tell
 * nothing.
 */
public final class ConnectTracer implements Tracer {
  /** Traces under way; further ones are not begun. */
  public static final int MAX_UNDER_WAY = 8;

  /** How long what becomes of one round of connections is waited for. */
  static final Duration PATIENCE = Duration.ofMillis(300);

  /** Each hop is asked so often, until it answers. */
  private static final int ROUNDS = 2;

  /** pollfd (poll(2)). */
  private static final int POLLED = 8;

  private static final int EVENTS_AT = 4;
  private static final int CAME_AT = 6;
  private static final short WRITABLE = 4;

  private static final Logger LOG = LoggerFactory.getLogger(ConnectTracer.class);

  private final WorkerExecutor threads;
  private final Departure departure;
  private final NanoSource clock;
  private final Tracer otherwise;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * @param otherwise by whom ways without a port are followed
   */
  public ConnectTracer(Vertx vertx, Departure departure, NanoSource clock, Tracer otherwise) {
    this.threads =
        vertx.createSharedWorkerExecutor(
            "traces", MAX_UNDER_WAY, MAX_TIME.toMillis(), TimeUnit.MILLISECONDS);
    this.departure = departure;
    this.clock = clock;
    this.otherwise = otherwise;
  }

  @Override
  public Future<Optional<TraceSeen>> trace(InetAddress to, Optional<Integer> port) {
    if (port.isEmpty()) {
      return otherwise.trace(to, port);
    }
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      return Future.succeededFuture(Optional.empty());
    }
    InetSocketAddress there = new InetSocketAddress(to, port.get());
    return threads
        .executeBlocking(() -> follow(there), false)
        .onComplete(_ -> underWay.decrementAndGet())
        .map(seen -> Optional.ofNullable(seen).filter(way -> !way.hops().isEmpty()))
        .otherwise(
            failure -> {
              LOG.debug("trace=failed", failure);
              return Optional.empty();
            })
        .compose(
            seen -> seen.isPresent() ? Future.succeededFuture(seen) : otherwise.trace(to, port));
  }

  private TraceSeen follow(InetSocketAddress to) {
    Hops hops = new Hops(to);
    int last = 0;
    try {
      do {
        int reached = last;
        last = Math.min(reached + Hops.WAVE, TraceSeen.MAX_HOPS);
        for (int round = 0; round < ROUNDS && !hops.isWhole(last); round++) {
          wave(to, hops, reached, last);
        }
      } while (!hops.isEnough(last));
    } catch (IOException refused) {
      // What is known by now is worth telling.
      LOG.debug("trace=cut", refused);
    }
    return hops.seen();
  }

  /** A connection that is begun. */
  private record Begun(HopSocket socket, long at) {}

  /** Tries the hops after {@code reached} that nothing is known of. */
  private void wave(InetSocketAddress to, Hops hops, int reached, int last) throws IOException {
    Map<Integer, Begun> begun = new TreeMap<>();
    try {
      for (int hop = reached + 1; hop <= last; hop++) {
        if (!hops.knows(hop)) {
          long now = clock.nanos();
          begun.put(
              hop, new Begun(HopSocket.open(to, departure.towards(to.getAddress()), hop), now));
        }
      }
      listen(hops, begun);
    } finally {
      begun.values().forEach(each -> each.socket().close());
    }
  }

  private void listen(Hops hops, Map<Integer, Begun> begun) throws IOException {
    long end = clock.nanos() + PATIENCE.toNanos();
    List<Integer> waiting = new ArrayList<>(begun.keySet());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment polled = arena.allocate((long) POLLED * Hops.WAVE, Integer.BYTES);
      while (!waiting.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - clock.nanos());
        if (left <= 0) {
          return;
        }
        for (int row = 0; row < waiting.size(); row++) {
          long at = (long) row * POLLED;
          HopSocket socket = begun(begun, waiting.get(row)).socket();
          polled.set(ValueLayout.JAVA_INT, at, socket.handle());
          polled.set(ValueLayout.JAVA_SHORT, at + EVENTS_AT, WRITABLE);
          polled.set(ValueLayout.JAVA_SHORT, at + CAME_AT, (short) 0);
        }
        int _ = Kernel.poll(polled, waiting.size(), (int) left);
        long now = clock.nanos();
        // From the last on: what is taken away moves none of those before it.
        for (int row = waiting.size() - 1; row >= 0; row--) {
          if (polled.get(ValueLayout.JAVA_SHORT, (long) row * POLLED + CAME_AT) != 0) {
            int hop = waiting.remove(/* index */ row);
            Begun over = begun(begun, hop);
            over.socket()
                .heard(Duration.ofNanos(now - over.at()))
                .ifPresent(what -> hops.came(hop, what));
          }
        }
      }
    }
  }

  private static Begun begun(Map<Integer, Begun> begun, int hop) {
    return Objects.requireNonNull(begun.get(hop));
  }
}
