package parallax.coordinator.clock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the other coordinators what their clocks show, again and again, and has the votes counted.
 */
public final class ClockKeeper implements AutoCloseable {
  /** From one vote to the next. */
  static final Duration EVERY = Duration.ofSeconds(1);

  /** Who does not answer within this time has no vote. */
  private static final Duration MAX_WAIT = Duration.ofMillis(800);

  private static final Logger LOG = LoggerFactory.getLogger(ClockKeeper.class);

  private final AgreedClock clock;
  private final Supplier<CompletionStage<List<Duration>>> others;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-clock").daemon().factory());

  private ClockKeeper(AgreedClock clock, Supplier<CompletionStage<List<Duration>>> others) {
    this.clock = clock;
    this.others = others;
  }

  /**
   * Keeps a clock; two votes are counted before this returns, so that what is taken in from now on
   * has the right time.
   *
   * @param others how far the others' clocks are ahead of {@code clock}: those who answered
   */
  public static ClockKeeper start(
      AgreedClock clock, Supplier<CompletionStage<List<Duration>>> others) {
    ClockKeeper keeper = new ClockKeeper(clock, others);
    keeper.vote();
    keeper.vote();
    ScheduledFuture<?> _ =
        keeper.thread.scheduleWithFixedDelay(
            keeper::vote, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  private void vote() {
    try {
      clock.vote(
          others.get().toCompletableFuture().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      // Without a vote the time goes on as it did.
      LOG.debug("clock=not_voted why=\"{}\"", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
