package parallax.coordinator.people;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Ended;
import parallax.coordinator.access.Seal;
import parallax.coordinator.access.Session;
import parallax.coordinator.access.Sessions;
import parallax.coordinator.store.Store;

/**
 * By what sessions are known, as all coordinators agree: read from the record once a second, and
 * what was read last while it is away. What is ended here counts here at once, and elsewhere when
 * it is on record.
 */
public final class SessionWatch implements AutoCloseable {
  /** Ends that wait for the record; further ones count on this coordinator alone. */
  static final int MAX_WAITING = 1_000;

  private static final long FIRST_MILLIS = 2_000;
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

  private final Store store;
  private final InstantSource clock;
  private final Secret fresh;
  private final AtomicReference<Known> known =
      new AtomicReference<>(new Known(Optional.empty(), Ended.NONE));
  private final BlockingQueue<Sessions.End> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Rounds rounds = new Rounds("sessions", this::look);

  /**
   * What is known.
   *
   * @param seal empty: the record could not be read yet
   */
  public record Known(Optional<Seal> seal, Ended ended) {}

  /**
   * One that has not begun.
   *
   * @param random where the record has no key yet, one is made
   */
  public SessionWatch(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    byte[] bytes = new byte[Seal.KEY_BYTES];
    random.nextBytes(bytes);
    fresh = Secret.of(HexFormat.of().formatHex(bytes));
  }

  /** Begins, and waits a moment for what is known. */
  public void start() {
    rounds.start();
    try {
      if (!first.await(FIRST_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("sessions=unknown until the record can be read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Known known() {
    return known.get();
  }

  /**
   * Ends sessions.
   *
   * @param whose as {@link Session#own} or {@link Session.Source#whose} names them
   */
  public void end(String whose) {
    Instant now = clock.instant();
    Sessions.End end = new Sessions.End(Optional.of(whose), now, now.plus(Session.LONGEST));
    known.updateAndGet(
        before -> new Known(before.seal(), before.ended().with(end.whose(), end.at())));
    if (!waiting.offer(end)) {
      LOG.warn("sessions=unrecorded waiting={}", MAX_WAITING);
    }
  }

  private void look() {
    for (Sessions.End end : List.copyOf(waiting)) {
      store.sessions().end(end);
      waiting.remove(end);
    }
    Instant now = clock.instant();
    Optional<Seal> seal = Seal.of(store.sessions().key(fresh, now));
    Ended ended = Ended.NONE;
    for (Sessions.End end : store.sessions().ends(now)) {
      ended = ended.with(end.whose(), end.at());
    }
    // What was ended here meanwhile is not on record yet.
    Ended read = ended;
    known.updateAndGet(
        _ -> {
          Ended all = read;
          for (Sessions.End end : waiting) {
            all = all.with(end.whose(), end.at());
          }
          return new Known(seal, all);
        });
    first.countDown();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
