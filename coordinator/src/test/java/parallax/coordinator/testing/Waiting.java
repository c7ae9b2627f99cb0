package parallax.coordinator.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread does. */
public final class Waiting {
  /** Far longer than anything waited for takes, even on a busy machine. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration STEP = Duration.ofMillis(10);

  private Waiting() {}

  /** Returns as soon as {@code condition} holds; fails when it does not in good time. */
  public static void until(String what, BooleanSupplier condition) {
    CountDownLatch never = new CountDownLatch(1);
    long steps = LONGEST.dividedBy(STEP);
    try {
      while (!condition.getAsBoolean()) {
        if (steps-- == 0 || never.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("not within " + LONGEST + ": " + what);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for: " + what, e);
    }
  }
}
