package parallax.coordinator.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.fault.Steps;
import parallax.config.policy.Receiver;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.mail.MailCarrier;
import parallax.coordinator.picture.IncidentPictures;
import parallax.coordinator.store.Room;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;

/**
 * Carries notices from the store to their receivers; several coordinators may do so for one store.
 * The attempt is claimed before it is made and settled after it, so that a crash loses nothing; in
 * the worst case, a crash between sending and settling, a receiver sees the same Idempotency-Key
 * twice.
 */
public final class Outbox implements AutoCloseable {
  /** How many notices are on their way at once. */
  static final int MAX_IN_FLIGHT = 16;

  /** How many to one receiver, so that one that hangs keeps nobody else waiting. */
  static final int MAX_TO_ONE = 4;

  /** How much longer than an attempt can take nobody else tries a notice that is on its way. */
  static final Duration LEASE_MARGIN = Duration.ofSeconds(20);

  /** How often to look whether the letter has arrived that tells of several incidents. */
  static final Duration TOGETHER = Duration.ofSeconds(2);

  private static final String SUPERSEDED = "superseded by a later one";
  private static final String CLOSED = "closed before it was sent";

  /** Why a letter was not sent, where that is no trouble of its receiver. */
  static final Set<String> OUR_REASONS = Set.of(SUPERSEDED, CLOSED);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Settings settings;
  private final Carriers carriers;
  private final Semaphore free = new Semaphore(MAX_IN_FLIGHT);
  private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
  private final Failing failing;
  private final Semaphore news = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;

  /**
   * What an outbox works with.
   *
   * @param configuration the one in force
   * @param random for the jitter of retries
   * @param version for the User-Agent
   * @param outcomes hears of every attempt
   */
  public record Settings(
      Store store,
      Supplier<Configuration> configuration,
      InstantSource clock,
      RandomGenerator random,
      String version,
      Steps steps,
      OutcomeListener outcomes) {

    /** Whose steps nobody watches. */
    public Settings(
        Store store,
        Supplier<Configuration> configuration,
        InstantSource clock,
        RandomGenerator random,
        String version,
        OutcomeListener outcomes) {
      this(store, configuration, clock, random, version, Steps.UNWATCHED, outcomes);
    }
  }

  /** Hears what became of attempts. */
  @FunctionalInterface
  public interface OutcomeListener {
    /**
     * An attempt ended.
     *
     * @param outcome delivered, retried or given_up
     */
    void counted(String receiver, String outcome);
  }

  private Outbox(Settings settings, Failing failing) {
    this.settings = settings;
    this.failing = failing;
    this.carriers =
        new Carriers(
            settings.clock(),
            settings.version(),
            Illustrator.of(new IncidentPictures(settings.store(), settings.clock())));
  }

  public static Outbox start(Settings settings) {
    return start(settings, List.of());
  }

  /**
   * Begins to send.
   *
   * @param told letters on record, by which it is known at which receivers nothing arrives; oldest
   *     first
   */
  public static Outbox start(Settings settings, List<Store.Delivery> told) {
    Outbox outbox = new Outbox(settings, Failing.from(told, settings.configuration().get()));
    outbox.threads.execute(outbox::run);
    return outbox;
  }

  /** There may be something new to send. */
  public void wake() {
    news.release();
  }

  private void run() {
    while (!closing) {
      try {
        boolean more = dispatch();
        if (!more && news.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warn("outbox=waiting why=\"{}\"", e.getMessage());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean pause() {
    try {
      // A store that fails is asked again at the pace of an idle outbox.
      return !threads.awaitTermination(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends what is due and may be sent now; tells whether that was anything. */
  private boolean dispatch() {
    Instant now = settings.clock().instant();
    boolean any = false;
    for (Store.Delivery delivery : settings.store().claim(now, lease(), room())) {
      settings.steps().passed("coordinator.claimed");
      free.acquireUninterruptibly();
      onTheWay(delivery.receiver()).incrementAndGet();
      try {
        threads.execute(() -> attempt(delivery));
      } catch (RejectedExecutionException e) {
        // Closing: whoever opens the record next need not wait for the lease to end.
        settings.store().failed(delivery.attempt(), CLOSED, now, Optional.of(now));
        done(delivery);
      }
      any = true;
    }
    return any && free.availablePermits() > 0;
  }

  /** Mail takes the longest; who sends none need not wait for it when a sender dies. */
  private Duration lease() {
    boolean mails =
        settings.configuration().get().receivers().stream()
            .anyMatch(Receiver.Email.class::isInstance);
    return (mails ? MailCarrier.TIMEOUT : HttpSender.TIMEOUT).plus(LEASE_MARGIN);
  }

  /** What may be taken on; it grows meanwhile, for only this thread takes on more. */
  private Room room() {
    SortedMap<String, Integer> taken = new TreeMap<>();
    inFlight.forEach((receiver, count) -> taken.put(receiver, count.get()));
    return new Room(free.availablePermits(), MAX_TO_ONE, taken);
  }

  private AtomicInteger onTheWay(String receiver) {
    return inFlight.computeIfAbsent(receiver, _ -> new AtomicInteger());
  }

  private void done(Store.Delivery delivery) {
    onTheWay(delivery.receiver()).decrementAndGet();
    free.release();
  }

  private void attempt(Store.Delivery delivery) {
    try {
      Optional<Store.Delivery> around = Conversation.around(settings.store(), delivery);
      if (around.isPresent()) {
        likewise(delivery, around.get());
      } else if (isSuperseded(delivery)) {
        settings
            .store()
            .failed(delivery.attempt(), SUPERSEDED, settings.clock().instant(), Optional.empty());
        settings.outcomes().counted(delivery.receiver(), "superseded");
        LOG.info("notice={} outcome=superseded", delivery.key());
      } else {
        Sent sent = send(delivery);
        settings.steps().passed("coordinator.sent");
        settle(delivery, sent);
        settings.steps().passed("coordinator.marked");
      }
    } catch (StoreException e) {
      LOG.warn("notice={} settled=false why=\"{}\"", delivery.key(), e.getMessage());
    } finally {
      done(delivery);
      wake();
    }
  }

  /** What becomes of a notice that another letter tells of. */
  private void likewise(Store.Delivery delivery, Store.Delivery around) {
    if (around.delivered().isPresent()) {
      settings.store().delivered(delivery.key(), around.delivered().get());
      settings.outcomes().counted(delivery.receiver(), "delivered");
      return;
    }
    Instant now = settings.clock().instant();
    Optional<Instant> again = Optional.of(now.plus(TOGETHER));
    String why = "the letter that tells of it has not arrived";
    settings
        .store()
        .failed(delivery.attempt(), why, now, around.givenUp() ? Optional.empty() : again);
  }

  private boolean isSuperseded(Store.Delivery delivery) {
    return delivery.kind().isSupersededBy(Notice.Kind.RESOLVED)
        && Conversation.of(settings.store(), delivery).isSuperseded();
  }

  private Sent send(Store.Delivery delivery) {
    Configuration configuration = settings.configuration().get();
    Optional<Receiver> receiver = configuration.receiver(delivery.receiver());
    if (receiver.isEmpty()) {
      return new Sent.Never("the receiver is no longer configured");
    }
    try {
      return carriers.carry(receiver.get(), configuration, delivery, place(delivery));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its own words may be those of the receiver, or its secrets.
      String what = e.getClass().getSimpleName();
      String where = Stream.of(e.getStackTrace()).findFirst().map(at -> " at " + at).orElse("");
      LOG.error("notice={} carrier=failed error=\"{}{}\"", delivery.key(), what, where);
      return new Sent.NotNow("an error of Parallax: " + what, Optional.empty());
    }
  }

  private LetterWriter.Place place(Store.Delivery delivery) {
    List<Incident> others =
        delivery.along().others().stream()
            .flatMap(id -> settings.store().incident(id).stream())
            .toList();
    return new LetterWriter.Place(Conversation.of(settings.store(), delivery).number(), others);
  }

  /** Receivers at which nothing arrives, and when the oldest letter was planned that does not. */
  public SortedMap<String, Instant> failing() {
    return failing.among(settings.configuration().get());
  }

  private void settle(Store.Delivery delivery, Sent sent) {
    Instant now = settings.clock().instant();
    switch (sent) {
      case Sent.Delivered _ -> failing.arrived(delivery.receiver());
      case Sent.NotNow _, Sent.Never _ ->
          settings
              .configuration()
              .get()
              .receiver(delivery.receiver())
              .ifPresent(receiver -> failing.failed(receiver, delivery.planned()));
    }
    String outcome =
        switch (sent) {
          case Sent.Delivered(Optional<String> thread) -> {
            settings.store().delivered(delivery.key(), now, thread);
            yield "delivered";
          }
          case Sent.NotNow(String why, Optional<Duration> after) -> {
            Optional<Instant> next =
                Retry.at(delivery.planned(), delivery.attempts(), after, now, settings.random());
            settings.store().failed(delivery.attempt(), why, now, next);
            yield next.isPresent() ? "retried" : "given_up";
          }
          case Sent.Never(String why) -> {
            settings.store().failed(delivery.attempt(), why, now, Optional.empty());
            yield "given_up";
          }
        };
    settings.outcomes().counted(delivery.receiver(), outcome);
    log(delivery, sent, outcome);
  }

  private static void log(Store.Delivery delivery, Sent sent, String outcome) {
    switch (sent) {
      case Sent.Delivered _ -> LOG.info("notice={} outcome={}", delivery.key(), outcome);
      case Sent.NotNow(String why, _) ->
          LOG.warn("notice={} outcome={} why=\"{}\"", delivery.key(), outcome, why);
      case Sent.Never(String why) ->
          LOG.error("notice={} outcome={} why=\"{}\"", delivery.key(), outcome, why);
    }
  }

  @Override
  public void close() {
    closing = true;
    wake();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    carriers.close();
  }
}
