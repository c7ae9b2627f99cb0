package parallax.probe.schedule;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/**
 * Lets a {@link Schedule} run by the clock. Everything happens on one event loop; methods may be
 * called from any thread and take effect there, in the order of the calls.
 */
public final class ScheduleLoop {
  /** Checks that are due within this are started together. */
  static final Duration MIN_WAIT = Duration.ofMillis(5);

  /** The clock is looked at again after this at the latest: it may have been set. */
  static final Duration MAX_WAIT = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleLoop.class);

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final Schedule schedule;
  private final Consumer<Due> run;

  /**
   * What ended since the schedule was looked at last: to tell it each at once would wake its loop
   * once more for every check. No more than are under way.
   */
  private final Queue<Long> ended = new ConcurrentLinkedQueue<>();

  private boolean stopped;
  private volatile Skips skips = Skips.NONE;
  private volatile int size;

  /**
   * @param context of an event loop
   * @param run called on that event loop for each check that is due; must not block
   */
  public ScheduleLoop(
      Vertx vertx, Context context, InstantSource clock, Schedule schedule, Consumer<Due> run) {
    this.vertx = vertx;
    this.context = context;
    this.clock = clock;
    this.schedule = schedule;
    this.run = run;
  }

  public void start() {
    context.runOnContext(_ -> tick());
  }

  /**
   * Starts nothing any more.
   *
   * @return completes when the last check has been started
   */
  public Future<Void> stop() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        _ -> {
          stopped = true;
          done.complete();
        });
    return done.future();
  }

  /** See {@link Schedule#assign}. */
  public void assign(List<Target> targets) {
    List<Target> copy = List.copyOf(targets);
    context.runOnContext(
        _ -> {
          settle();
          schedule.assign(copy, clock.instant());
          runDue();
        });
  }

  /** See {@link Schedule#checkNow}. */
  public void checkNow(TargetName target, CheckKind kind, Duration after) {
    context.runOnContext(
        _ -> {
          settle();
          schedule.checkNow(target, kind, clock.instant().plus(after));
          runDue();
        });
  }

  /** See {@link Schedule#finished}. */
  public void finished(long ticket) {
    ended.add(ticket);
  }

  /** See {@link Schedule#skips}. */
  public Skips skips() {
    return skips;
  }

  /** How many checks are assigned. */
  public int size() {
    return size;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    runDue();
    Instant now = clock.instant();
    long millis =
        schedule
            .nextDue()
            .map(next -> Duration.between(now, next).plusNanos(999_999).toMillis())
            .orElse(Long.MAX_VALUE);
    long wait = Math.clamp(millis, MIN_WAIT.toMillis(), MAX_WAIT.toMillis());
    vertx.setTimer(wait, _ -> tick());
  }

  private void settle() {
    for (Long ticket = ended.poll(); ticket != null; ticket = ended.poll()) {
      schedule.finished(ticket);
    }
  }

  private void runDue() {
    if (!stopped) {
      settle();
      size = schedule.size();
      schedule.due(clock.instant(), this::runOne);
      skips = schedule.skips();
    }
  }

  /** Supervises: one check that cannot be started must not keep the others from starting. */
  private void runOne(Due due) {
    try {
      run.accept(due);
    } catch (RuntimeException e) {
      LOG.error("check=not-started target={} kind={}", due.target().name(), due.spec().kind(), e);
      schedule.finished(due.ticket());
    }
  }
}
