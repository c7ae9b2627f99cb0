package parallax.probe.trace;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.seen.TraceSeen;
import parallax.probe.icmp.EchoLines;
import parallax.probe.icmp.EchoRequest;
import parallax.probe.net.Departure;

/**
 * Traces by ICMP echo requests over the sockets of the probe's other echoes: {@link Hops#WAVE} hops
 * at once, those that stay silent asked once more. No root is needed where the kernel lets the
 * probe send echoes.
 */
public final class EchoTracer implements Tracer {
  /** Traces under way; further ones are not begun. */
  public static final int MAX_UNDER_WAY = 8;

  /** How long the answers to one round of requests are waited for. */
  static final Duration PATIENCE = Duration.ofMillis(350);

  /** Each hop is asked so often, until it answers. */
  private static final int ROUNDS = 2;

  /** Bytes of a request after its header: some to know it again by. */
  private static final int SIZE = 16;

  private static final Logger LOG = LoggerFactory.getLogger(EchoTracer.class);

  private final Vertx vertx;
  private final EchoLines lines;
  private final Departure departure;
  private final AtomicInteger underWay = new AtomicInteger();

  public EchoTracer(Vertx vertx, EchoLines lines, Departure departure) {
    this.vertx = vertx;
    this.lines = lines;
    this.departure = departure;
  }

  @Override
  public Future<Optional<TraceSeen>> trace(InetAddress to, Optional<Integer> port) {
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      return Future.succeededFuture(Optional.empty());
    }
    Run run = new Run(to);
    // The first socket takes a while to open.
    return vertx
        .executeBlocking(
            () -> {
              lines.open(to instanceof Inet6Address, false);
              return to;
            },
            false)
        .compose(_ -> run.start())
        .map(seen -> Optional.of(seen).filter(EchoTracer::tellsSomething))
        .otherwise(
            failure -> {
              LOG.debug("trace=failed", failure);
              return Optional.empty();
            })
        .onComplete(
            _ -> {
              run.forget();
              underWay.decrementAndGet();
            });
  }

  private static boolean tellsSomething(TraceSeen seen) {
    return !seen.hops().isEmpty();
  }

  /** One trace. */
  private final class Run {
    private final EchoRequest request;
    private final Hops hops;
    private final List<EchoLines.Asked> asked = new CopyOnWriteArrayList<>();
    private final Promise<TraceSeen> done = Promise.promise();

    Run(InetAddress to) {
      this.hops = new Hops(to);
      this.request =
          new EchoRequest(
              to,
              departure.towards(to).map(InetSocketAddress::getAddress),
              SIZE,
              Optional.empty(),
              false);
    }

    Future<TraceSeen> start() {
      wave(0, 0);
      return done.future();
    }

    /** Asks the hops after {@code reached} that have not said anything. */
    private void wave(int reached, int round) {
      int last = Math.min(reached + Hops.WAVE, TraceSeen.MAX_HOPS);
      try {
        for (int hop = reached + 1; hop <= last; hop++) {
          if (!hops.knows(hop)) {
            int number = hop;
            asked.add(lines.ask(request.within(hop), what -> hops.came(number, what)));
          }
        }
      } catch (IOException | EchoLines.NotAllowed | EchoLines.TooMany refused) {
        // What is known by now is worth telling.
        done.tryComplete(hops.seen());
        return;
      }
      long _ = vertx.setTimer(PATIENCE.toMillis(), _ -> next(reached, last, round + 1));
    }

    private void next(int reached, int last, int rounds) {
      if (rounds < ROUNDS && !hops.isWhole(last)) {
        wave(reached, rounds);
      } else if (hops.isEnough(last)) {
        done.tryComplete(hops.seen());
      } else {
        wave(last, 0);
      }
    }

    /** What still comes is of no use. */
    void forget() {
      asked.forEach(EchoLines.Asked::forget);
    }
  }
}
