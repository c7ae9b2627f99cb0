package parallax.probe.trace;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.target.TargetName;
import parallax.probe.check.CheckResult;
import parallax.probe.check.NanoSource;
import parallax.probe.net.Cidr;

/**
 * The ways to targets that could not be reached. A trace is begun after a look has failed, and told
 * with the next one that fails: no look waits for it. Safe for use by many threads.
 */
public final class Traces {
  /** A target's way is not followed again before this time has passed. */
  public static final Duration AGAIN = Duration.ofMinutes(5);

  /** Targets that are remembered, about 100 bytes each beside a trace that is not told yet. */
  static final int MAX_TARGETS = 10_000;

  private static final float LOAD = 0.75f;

  /** What a way tells something about: the server was not reached. */
  private static final Set<Reason> UNREACHED =
      EnumSet.of(
          Reason.CONNECTION_REFUSED,
          Reason.CONNECT_TIMEOUT,
          Reason.CONNECTION_RESET,
          Reason.HOST_UNREACHABLE,
          Reason.NETWORK_UNREACHABLE,
          Reason.ECHO_TIMEOUT,
          Reason.ECHO_LOSS,
          Reason.HOPS_EXCEEDED,
          Reason.UDP_PORT_UNREACHABLE,
          Reason.UDP_NO_ANSWER);

  private final Tracer tracer;
  private final NanoSource clock;
  private final Map<TargetName, Way> ways =
      new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TargetName, Way> eldest) {
          return size() > MAX_TARGETS;
        }
      };

  /**
   * A target's way.
   *
   * @param begun on the clock
   * @param untold what was seen of it, until it is told
   */
  private record Way(long begun, Optional<TraceSeen> untold) {}

  public Traces(Tracer tracer, NanoSource clock) {
    this.tracer = tracer;
    this.clock = clock;
  }

  /**
   * {@code result} of a look as it is told: with the way to the target where that could not be
   * reached and the way is known by now.
   */
  public CheckResult told(TargetName target, CheckSpec spec, CheckResult result) {
    Optional<InetAddress> unreached = unreached(result);
    if (unreached.isEmpty()) {
      forgetIfReached(target, result);
      return result;
    }
    long now = clock.nanos();
    Optional<TraceSeen> known;
    boolean begin;
    synchronized (ways) {
      Optional<Way> before =
          Optional.ofNullable(ways.get(target)).filter(way -> now - way.begun() < AGAIN.toNanos());
      known = before.flatMap(Way::untold);
      begin = before.isEmpty();
      if (begin || known.isPresent()) {
        ways.put(target, new Way(before.map(Way::begun).orElse(now), Optional.empty()));
      }
    }
    if (begin) {
      follow(target, tracer.trace(unreached.get(), Ports.of(spec)), now);
    }
    return known.map(trace -> with(result, trace)).orElse(result);
  }

  /** What was seen of a way while it led nowhere tells nothing about a later failure. */
  private void forgetIfReached(TargetName target, CheckResult result) {
    if (result.outcome() instanceof Outcome.Up && result.facts().address().isPresent()) {
      synchronized (ways) {
        ways.computeIfPresent(target, (_, way) -> new Way(way.begun(), Optional.empty()));
      }
    }
  }

  private void follow(TargetName target, Future<Optional<TraceSeen>> trace, long begun) {
    trace.onSuccess(
        seen -> {
          synchronized (ways) {
            if (seen.isEmpty()) {
              // There was no room for it, perhaps: the next failure may try again.
              ways.remove(target);
            } else {
              ways.put(target, new Way(begun, seen));
            }
          }
        });
  }

  /** {@code result} with the way to the server, which is waited for, if that was not reached. */
  public static Future<CheckResult> now(Tracer tracer, CheckSpec spec, CheckResult result) {
    return unreached(result)
        .map(
            to ->
                tracer
                    .trace(to, Ports.of(spec))
                    .map(seen -> seen.map(way -> with(result, way)).orElse(result)))
        .orElseGet(() -> Future.succeededFuture(result));
  }

  private static CheckResult with(CheckResult result, TraceSeen trace) {
    return new CheckResult(
        result.layer(),
        result.outcome(),
        result.timings(),
        result.facts().withReach(ReachSeen.of(trace)));
  }

  /** The address that could not be reached. */
  private static Optional<InetAddress> unreached(CheckResult result) {
    boolean failed =
        switch (result.outcome()) {
          case Outcome.Down(Finding why) -> UNREACHED.contains(why.reason());
          case Outcome.Degraded(Finding why) -> UNREACHED.contains(why.reason());
          case Outcome.Up _, Outcome.Inconclusive _ -> false;
        };
    return failed ? result.facts().address().flatMap(Cidr::literal) : Optional.empty();
  }
}
