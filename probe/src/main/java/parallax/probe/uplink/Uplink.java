package parallax.probe.uplink;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.Observation;
import parallax.config.wire.Batch;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.probe.spool.LocalDisk;
import parallax.probe.spool.Spool;
import parallax.probe.uplink.session.UplinkInput;

/**
 * Hands over what a probe sees, and brings it what it is to do. Never gives up: without any
 * coordinator the spool fills, and is handed over later.
 */
public final class Uplink implements AutoCloseable {
  /** For the last frame and the end of the stream. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** The state is shown anew this often. */
  private static final Duration SHOW = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

  private final UplinkSettings settings;
  private final Ground ground;
  private final Inbox inbox = new Inbox();
  private final Outbox outbox;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile UplinkStatus status;
  private volatile long shownAt;
  private volatile boolean started;
  private volatile boolean running;

  private Uplink(UplinkSettings settings, Ground ground, Outbox outbox) {
    this.settings = settings;
    this.ground = ground;
    this.outbox = outbox;
    this.status =
        new UplinkStatus(
            false,
            "",
            ground.kept().revision(),
            0,
            new Tally().counts(),
            outbox.fill(),
            outbox.drops(inbox.dropped()));
  }

  /**
   * Opens the spool; observations can be handed over from here on.
   *
   * @throws IOException when the spool's folder cannot be used
   */
  public static Uplink open(UplinkSettings settings, Ground ground) throws IOException {
    byte[] vantage = Batch.encode(settings.vantage());
    Spool spool =
        Spool.open(
            settings.spool(),
            new Spool.Origin(settings.boot(), vantage),
            new LocalDisk(),
            ground.nanos());
    Outbox outbox =
        new Outbox(
            spool,
            settings.spool().syncEvery(),
            new Outbox.Origin(settings.boot(), vantage),
            ground.nanos(),
            ground.steps());
    return new Uplink(settings, ground, outbox);
  }

  /** Takes an observation. May be called by any thread; returns at once. */
  public void offer(Observation observation) {
    inbox.offer(observation);
  }

  /** Begins: connects, and passes what coordinators want on to {@code work}. */
  public void start(Work work) {
    UplinkLoop loop = new UplinkLoop(settings, ground, outbox, inbox, work);
    started = true;
    running = true;
    shownAt = ground.nanos().nanos();
    Thread.ofPlatform().daemon().name("parallax-uplink").start(() -> run(loop));
  }

  private void run(UplinkLoop loop) {
    try {
      long stopAt = 0;
      boolean stopping = false;
      boolean over = false;
      while (!over) {
        boolean closed = turn(loop);
        long now = ground.nanos().nanos();
        if (closed && !stopping) {
          stopping = true;
          stopAt = now + settings.flush().toNanos();
          loop.step(new UplinkInput.Stop());
        } else if (stopping && now - stopAt >= 0) {
          loop.step(new UplinkInput.Halt());
        }
        over = stopping && (loop.isOver() || now - stopAt >= GOODBYE.toNanos());
        show(loop, now, over);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running = false;
      outbox.close();
      ended.countDown();
    }
  }

  /** A defect of ours costs a stream, not the probe. */
  private static boolean turn(UplinkLoop loop) throws InterruptedException {
    try {
      return loop.turn();
    } catch (RuntimeException e) {
      LOG.error("uplink=defect", e);
      loop.step(new UplinkInput.Lost(Refused.Why.UNSPECIFIED, "a defect of this probe"));
      return false;
    }
  }

  private void show(UplinkLoop loop, long now, boolean over) {
    if (over || now - shownAt >= SHOW.toNanos()) {
      status = loop.status();
      shownAt = now;
    }
  }

  /** How it does. */
  public UplinkStatus status() {
    return status;
  }

  /** For how long its thread has not come round; more than some seconds is a sign of trouble. */
  public Duration quiet() {
    return running ? Duration.ofNanos(ground.nanos().nanos() - shownAt) : Duration.ofDays(1);
  }

  /**
   * Ends: takes no more observations, hands over what is new for a bounded time, says goodbye, and
   * syncs the spool. Waits for that.
   */
  @Override
  public void close() {
    inbox.close();
    if (!started) {
      outbox.close();
      return;
    }
    try {
      Duration most = settings.flush().plus(GOODBYE).plus(GOODBYE);
      if (!ended.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("uplink=closing why=\"did not end in {}\"", most);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
