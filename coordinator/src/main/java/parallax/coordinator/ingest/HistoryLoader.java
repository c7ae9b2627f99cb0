package parallax.coordinator.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.target.TargetName;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.Window;

/**
 * Reads how it was before this process: the uptime of targets, in the background, so that neither
 * the start nor a change of the configuration waits for it.
 */
public final class HistoryLoader implements AutoCloseable {
  /** A store that fails is asked again so often, with a second between. */
  static final int TRIES = 60;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryLoader.class);

  private final Store store;
  private final DecisionLoop loop;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Bounded by the number of targets that are added. */
  private final LinkedBlockingQueue<TargetName> wanted = new LinkedBlockingQueue<>();

  private final Thread thread;

  public HistoryLoader(Store store, DecisionLoop loop, InstantSource clock) {
    this.store = store;
    this.loop = loop;
    this.clock = clock;
    thread = Thread.ofPlatform().name("parallax-history").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Reads the history of these targets, sooner or later. */
  public void load(List<TargetName> targets) {
    wanted.addAll(targets);
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        TargetName target = wanted.poll(1, TimeUnit.SECONDS);
        if (target != null) {
          load(target);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void load(TargetName target) throws InterruptedException {
    for (int tries = 1; tries <= TRIES; tries++) {
      try {
        Instant now = clock.instant();
        UptimeHistory history =
            UptimeHistory.of(store.intervals(target, now.minus(Window.LONGEST), now));
        loop.remember(target, history);
        return;
      } catch (StoreException e) {
        if (tries == 1) {
          LOG.warn("history=waiting target={} error=\"{}\"", target, e.getMessage());
        }
        if (closed.await(Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (RuntimeException e) {
        LOG.error("history=failed target={} error={}", target, e.toString(), e);
        return;
      }
    }
  }
}
