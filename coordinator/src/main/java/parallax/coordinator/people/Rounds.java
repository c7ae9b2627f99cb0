package parallax.coordinator.people;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.store.StoreException;

/** Looks at the record once a second, whatever goes wrong, until it is closed. */
public final class Rounds implements AutoCloseable {
  /** From one look to the next. */
  static final Duration PACE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String what;
  private final Runnable look;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  /**
   * Rounds that have not begun.
   *
   * @param what is looked for, for people
   */
  public Rounds(String what, Runnable look) {
    this.what = what;
    this.look = look;
    thread = Thread.ofPlatform().name("parallax-" + what).daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      do {
        supervised();
      } while (!closed.await(PACE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervised() {
    try {
      look.run();
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("{}=waiting error=\"{}\"", what, e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      LOG.error("{}=failed error={}", what, e.toString(), e);
    }
  }
}
