package parallax.probe.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;

/**
 * One run of one check, from start to result: its deadline, the connection it holds, what it has
 * measured and seen so far. The first result wins; with it the timer and the connection are gone.
 * Confined to one event loop: every method but {@link #result()} is called there.
 */
public final class Attempt {
  /** A deadline that is noticed later than this says more about the probe than about the target. */
  static final Duration MAX_LATENESS = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final EventLoop loop;
  private final Deadline deadline;
  private final Duration timeout;
  private final Promise<CheckResult> promise = Promise.promise();
  private final java.util.concurrent.Future<?> timer;

  private Optional<Runnable> open = Optional.empty();
  private Optional<Phase> phase = Optional.empty();
  private long phaseStartedNanos;
  private Reason whenLate = Reason.PROBE_OVERLOADED;
  private UnaryOperator<Finding> wording = UnaryOperator.identity();
  private Layer reached = Layer.DNS;
  private Timings timings = Timings.NONE;
  private Facts facts = Facts.NONE;
  private List<java.util.concurrent.Future<?>> waits = List.of();
  private boolean over;

  private Attempt(EventLoop loop, Deadline deadline) {
    this.loop = loop;
    this.deadline = deadline;
    this.timeout = deadline.elapsed().plus(deadline.left());
    this.timer = loop.schedule(this::expire, deadline.left().toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Starts an attempt on one of {@code loops}, the caller's if it is on one; all of it runs there.
   */
  public static Attempt start(EventLoops loops, Deadline deadline, Step first) {
    return start(loops.here(), deadline, first);
  }

  static Attempt start(EventLoop loop, Deadline deadline, Step first) {
    Attempt attempt = new Attempt(loop, deadline);
    attempt.loop.execute(attempt.guarded(() -> first.run(attempt)));
    return attempt;
  }

  /** A step of a check. */
  @FunctionalInterface
  public interface Step {
    void run(Attempt attempt);
  }

  /** Never fails. */
  public Future<CheckResult> result() {
    return promise.future();
  }

  public Deadline deadline() {
    return deadline;
  }

  public boolean isOver() {
    return over;
  }

  public Timings timings() {
    return timings;
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * Enters {@code next}, ending the phase before it.
   *
   * @param late what it means when the deadline passes before the next phase
   */
  public void enter(Phase next, Reason late) {
    leavePhase();
    phase = Optional.of(next);
    whenLate = late;
  }

  /**
   * Ends the current phase and waits for something that counts to none.
   *
   * @param late what it means when the deadline passes meanwhile
   */
  public void await(Reason late) {
    leavePhase();
    whenLate = late;
  }

  /** Ends the current phase: what follows is ours and counts to none. */
  public void leavePhase() {
    long now = deadline.clock().nanos();
    phase.ifPresent(
        ending -> timings = timings.plus(ending, Duration.ofNanos(now - phaseStartedNanos)));
    phase = Optional.empty();
    phaseStartedNanos = now;
  }

  /** Counts {@code time} to {@code which}: of what was measured elsewhere. */
  public void measured(Phase which, Duration time) {
    timings = timings.plus(which, time);
  }

  /** Runs {@code work} after a while, guarded, on the loop; never once the attempt is over. */
  public void after(Duration delay, Runnable work) {
    if (over) {
      return;
    }
    if (waits.isEmpty()) {
      waits = new ArrayList<>();
    }
    // What is over waits for nothing: a loop would keep all of it until its time had come.
    waits.add(loop.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Leaves the current phase without counting its time. */
  public void forgetPhase() {
    phase = Optional.empty();
  }

  /** From now on {@code layer} has been looked at. */
  public void reached(Layer layer) {
    if (reached.compareTo(layer) < 0) {
      reached = layer;
    }
  }

  public void note(UnaryOperator<Facts> seen) {
    facts = seen.apply(facts);
  }

  /** From now on failures are told as {@code words} puts them. */
  public void word(UnaryOperator<Finding> words) {
    wording = words;
  }

  /** Takes over {@code channel}: it is closed with the attempt, or when another takes its place. */
  void hold(Channel channel) {
    letGo();
    holdBy(() -> closeNow(channel));
  }

  /** What is held is let go by {@code close} from now on; at once when the attempt has ended. */
  public void holdBy(Runnable close) {
    if (over) {
      close.run();
    } else {
      open = Optional.of(close);
    }
  }

  /** Closes the connection that is held, if any. */
  public void letGo() {
    Optional<Runnable> held = open;
    open = Optional.empty();
    held.ifPresent(Runnable::run);
  }

  public void up() {
    finish(new CheckResult(reached, Outcome.up(), ended(), facts));
  }

  /** It works, but {@code finding}. */
  public void degraded(Finding finding) {
    Layer layer = finding.reason().layer().orElse(reached);
    finish(new CheckResult(layer, new Outcome.Degraded(finding), ended(), facts));
  }

  public void failed(Reason reason, String detail) {
    failed(new Finding(reason, detail));
  }

  public void failed(Finding finding) {
    Finding worded = wording.apply(finding);
    finish(CheckResult.failed(worded.reason(), worded.detail(), reached, ended(), facts));
  }

  /**
   * {@code work} for a callback: on the loop, only while the attempt lasts, and with a bug in it
   * becoming a result instead of a check that hangs until its deadline.
   */
  public Runnable guarded(Runnable work) {
    return () -> {
      if (over) {
        return;
      }
      try {
        work.run();
      } catch (RuntimeException bug) {
        broken(bug);
      }
    };
  }

  /** Runs {@code work} guarded, on the loop. */
  public void onLoop(Runnable work) {
    if (loop.inEventLoop()) {
      guarded(work).run();
    } else {
      loop.execute(guarded(work));
    }
  }

  /** Ends the attempt with a failure that nobody foresaw. */
  public void broken(Throwable bug) {
    if (!over) {
      LOG.error("event=check_broken reached={} phase={}", reached, phase.orElse(null), bug);
      failed(Reason.PROBE_INTERNAL_ERROR, bug.getClass().getSimpleName());
    }
  }

  private void expire() {
    Duration late = deadline.elapsed().minus(timeout);
    if (late.compareTo(MAX_LATENESS) > 0) {
      failed(Reason.PROBE_OVERLOADED, "deadline noticed " + late.toMillis() + " ms late");
    } else {
      failed(whenLate, "after " + roundedMillis(timeout) + " ms");
    }
  }

  /** The clock was read twice to know it: 399.99 ms were 400. */
  private static long roundedMillis(Duration time) {
    return time.plusNanos(500_000).toMillis();
  }

  private Timings ended() {
    leavePhase();
    return timings;
  }

  private void finish(CheckResult result) {
    if (over) {
      return;
    }
    over = true;
    timer.cancel(false);
    waits.forEach(wait -> wait.cancel(false));
    letGo();
    promise.complete(result);
  }

  /**
   * Closes without waiting for the peer. A finished TLS session says goodbye first (RFC 8446
   * section 6.1), as far as the socket takes it; HTTP/2's own farewell would wait for streams.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a goodbye
  private static void closeNow(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && tls.handshakeFuture().isSuccess() && channel.isActive()) {
      tls.closeOutbound();
    }
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first == null) {
      channel.close();
    } else {
      first.close();
    }
  }
}
