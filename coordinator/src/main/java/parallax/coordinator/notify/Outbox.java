package parallax.coordinator.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.policy.Receiver;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.Store.Delivery;
import parallax.coordinator.store.StoreException;

/**
 * Carries notices from the durable record to their receivers. An attempt is recorded before it is
 * made and its outcome after; when the outcome is lost (a crash in between) the attempt is made
 * again after a lease, with the same key, so that nothing is lost and a receiver can tell.
 */
public final class Outbox implements AutoCloseable {
  /** The most notices on their way at once. */
  public static final int MAX_IN_FLIGHT = 16;

  /** The most on their way to one receiver, so that one that hangs does not hold up the others. */
  static final int MAX_PER_RECEIVER = 4;

  /** Notices are looked for so often when nobody says that there are some. */
  static final Duration POLL = Duration.ofSeconds(1);

  /** An attempt whose outcome is not recorded is repeated after so long. */
  static final Duration LEASE = Duration.ofSeconds(60);

  /** A notice is given up after so long. */
  public static final Duration GIVE_UP = Duration.ofHours(24);

  /** How many due notices are looked at in one round. */
  static final int LOOK = 200;

  /** How long {@link #close} waits for notices on their way. */
  static final Duration LAST_WAIT = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Ports ports;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);

  /** Outcomes that came in; at most one for each notice in flight. */
  private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

  private final Map<String, Delivery> inFlight = new HashMap<>();
  private volatile boolean closing;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * What the outbox works with.
   *
   * @param receivers by name, as configured now
   * @param sent by receiver and outcome: delivered, retried, given_up
   */
  public record Ports(
      Store store,
      Sender sender,
      Function<String, Optional<Receiver>> receivers,
      InstantSource clock,
      RandomGenerator random,
      Backoff backoff,
      Tally sent) {}

  private record Outcome(Delivery delivery, Attempt attempt) {}

  public Outbox(Ports ports) {
    this.ports = ports;
    thread = Thread.ofPlatform().name("parallax-notify").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Says that there may be something to send. */
  public void wake() {
    wake.release();
  }

  /** Why nothing can be sent right now; empty while sending works. */
  public Optional<String> trouble() {
    return thread.isAlive() ? trouble : Optional.of("the notifying thread has ended");
  }

  /** Waits a little for what is on its way, and ends. What is not sent is sent after a restart. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      if (!thread.join(LAST_WAIT.plus(POLL))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        round();
        if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
      long tries = LAST_WAIT.dividedBy(Duration.ofMillis(100));
      while (!inFlight.isEmpty() && tries-- > 0) {
        settle();
        if (wake.tryAcquire(100, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    try {
      settle();
      if (inFlight.size() < MAX_IN_FLIGHT) {
        send(ports.store().due(ports.clock().instant(), LOOK));
      }
      trouble = Optional.empty();
    } catch (StoreException e) {
      if (trouble.isEmpty()) {
        LOG.error("outbox=failing error=\"{}\"", e.getMessage());
      }
      trouble = Optional.of("the outbox cannot be read or written: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("outbox=failed error={}", e.toString(), e);
    }
  }

  /** Records outcomes; one that cannot be recorded stays in hand, so its notice is not resent. */
  private void settle() {
    for (Outcome next = outcomes.peek(); next != null; next = outcomes.peek()) {
      record(next);
      outcomes.remove();
      inFlight.remove(next.delivery().key());
    }
  }

  private void send(List<Delivery> due) {
    Map<String, Integer> busy = new HashMap<>();
    Set<String> orders = new HashSet<>();
    inFlight
        .values()
        .forEach(
            delivery -> {
              busy.merge(delivery.receiver(), 1, Integer::sum);
              orders.add(order(delivery));
            });
    for (Delivery delivery : due) {
      // Of one incident a receiver hears one thing after the other.
      boolean first = orders.add(order(delivery));
      if (first
          && inFlight.size() < MAX_IN_FLIGHT
          && busy.getOrDefault(delivery.receiver(), 0) < MAX_PER_RECEIVER
          && !waitsForAnother(delivery)) {
        busy.merge(delivery.receiver(), 1, Integer::sum);
        begin(delivery);
      }
    }
  }

  private void begin(Delivery delivery) {
    Optional<Receiver> receiver = ports.receivers().apply(delivery.receiver());
    Instant now = ports.clock().instant();
    if (receiver.isEmpty()) {
      record(new Outcome(delivery, new Attempt.Refused("no receiver of this name is configured")));
      return;
    }
    ports.store().attempting(delivery.key(), now, LEASE);
    inFlight.put(delivery.key(), delivery);
    ports
        .sender()
        .send(delivery, receiver.get())
        .whenComplete(
            (attempt, failure) -> {
              Attempt known =
                  failure == null ? attempt : new Attempt.Failed("not sent", Optional.empty());
              outcomes.add(new Outcome(delivery, known));
              wake();
            });
  }

  /** Whether an earlier notice of the same incident to the same receiver is still to be told. */
  private boolean waitsForAnother(Delivery delivery) {
    return ports.store().deliveries(delivery.incident().id()).stream()
        .takeWhile(other -> !other.key().equals(delivery.key()))
        .anyMatch(
            other ->
                other.receiver().equals(delivery.receiver())
                    && other.delivered().isEmpty()
                    && !other.givenUp());
  }

  private void record(Outcome outcome) {
    Delivery delivery = outcome.delivery();
    Instant now = ports.clock().instant();
    switch (outcome.attempt()) {
      case Attempt.Delivered _ -> {
        ports.store().delivered(delivery.key(), now);
        told(delivery, "delivered", "");
      }
      case Attempt.Refused(String why) -> {
        ports.store().failed(delivery.key(), now, why, Optional.empty());
        told(delivery, "given_up", why);
      }
      case Attempt.Failed(String why, var asked) -> {
        Duration pause = ports.backoff().pause(delivery.attempts() + 1, asked, ports.random());
        Optional<Instant> again =
            Optional.of(now.plus(pause))
                .filter(at -> at.isBefore(delivery.planned().plus(GIVE_UP)));
        ports.store().failed(delivery.key(), now, why, again);
        told(delivery, again.isPresent() ? "retried" : "given_up", why);
      }
    }
  }

  private void told(Delivery delivery, String outcome, String why) {
    ports.sent().count(delivery.receiver(), outcome);
    String error = why.isEmpty() ? "" : " error=\"" + why + "\"";
    LOG.info(
        "notice={} incident={} receiver={} outcome={} attempt={}{}",
        delivery.kind(),
        delivery.incident().id(),
        delivery.receiver(),
        outcome,
        delivery.attempts() + 1,
        error);
  }

  private static String order(Delivery delivery) {
    return delivery.incident().id() + "\n" + delivery.receiver();
  }
}
