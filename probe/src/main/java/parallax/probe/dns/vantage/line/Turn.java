package parallax.probe.dns.vantage.line;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.xbill.DNS.Message;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.Exchanged;

/**
 * One question from start to end: its deadline and the connection it holds. The first end wins;
 * with it the timer and the connection are gone. Confined to one context.
 */
final class Turn {
  /** How much longer than the turn a connection may linger in the making. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Deadline deadline;
  private final long startedNanos;
  private final Promise<Exchanged> promise = Promise.promise();
  private final long timer;
  private Reason whenLate = Reason.CONNECT_TIMEOUT;
  private Optional<Runnable> closing = Optional.empty();
  private boolean over;

  private Turn(Vertx vertx, Deadline deadline) {
    this.vertx = vertx;
    this.deadline = deadline;
    this.startedNanos = deadline.clock().nanos();
    this.timer = vertx.setTimer(Math.max(1, deadline.left().toMillis()), _ -> expire());
  }

  /** What is done in a turn. */
  @FunctionalInterface
  interface Work {
    void run(Turn turn);
  }

  /**
   * Does {@code work} on a context.
   *
   * @return never fails; completes at the deadline at the latest
   */
  static Future<Exchanged> take(Vertx vertx, Deadline deadline, Work work) {
    Context context = vertx.getOrCreateContext();
    Promise<Exchanged> result = Promise.promise();
    context.runOnContext(
        _ -> {
          Turn turn = new Turn(vertx, deadline);
          turn.promise.future().onComplete(result);
          turn.guarded(() -> work.run(turn));
        });
    return result.future();
  }

  /** {@code work} for a callback: only while the turn lasts, and a bug in it ends the turn. */
  void guarded(Runnable work) {
    if (over) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException bug) {
      failed(Reason.PROBE_INTERNAL_ERROR, bug.getClass().getSimpleName());
    }
  }

  /** For timeouts of others, so that the turn's own, which knows the reason, comes first. */
  int patienceMillis() {
    return Math.clamp(deadline.left().plus(SLACK).toMillis(), 1, Integer.MAX_VALUE);
  }

  /** From now on this is what it means when the deadline passes. */
  void await(Reason late) {
    whenLate = late;
  }

  /** Takes over a connection: {@code close} runs at the end, or now when that has come. */
  void hold(Runnable close) {
    if (over) {
      close.run();
    } else {
      closing = Optional.of(close);
    }
  }

  void replied(Message message) {
    finish(new Exchanged.Replied(message, took()));
  }

  void failed(Finding finding) {
    failed(finding.reason(), finding.detail());
  }

  void failed(Reason reason, String detail) {
    finish(new Exchanged.Unanswered(reason, detail, took()));
  }

  private void expire() {
    failed(whenLate, "after " + took().toMillis() + " ms");
  }

  private Duration took() {
    return Duration.ofNanos(deadline.clock().nanos() - startedNanos);
  }

  private void finish(Exchanged result) {
    if (over) {
      return;
    }
    over = true;
    vertx.cancelTimer(timer);
    closing.ifPresent(Runnable::run);
    promise.complete(result);
  }
}
