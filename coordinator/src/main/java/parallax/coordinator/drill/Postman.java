package parallax.coordinator.drill;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.coordinator.notify.DrillPost;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.store.Store;

/**
 * Takes the letters of a drill to real receivers: those to one of them one after the other, so that
 * one that hangs keeps no other waiting. What does not arrive is tried again a few times, and is in
 * the report; nothing of it is kept beyond the process.
 */
final class Postman implements AutoCloseable {
  /** More letters of one drill are not sent, but for those that say that it is over. */
  static final int MAX_LETTERS = 500;

  /** How often a letter is tried. */
  static final int MAX_ATTEMPTS = 3;

  /** The longest wait before another attempt. */
  static final Duration MAX_WAIT = Duration.ofSeconds(10);

  /** How long what is on its way may take once the drill is over. */
  static final Duration GOODBYE = Duration.ofMinutes(5);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

  private final DrillPost post;
  private final Configuration configuration;
  private final Map<String, ExecutorService> ways = new TreeMap<>();
  private final Map<String, String> threads = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int taken;

  Postman(DrillPost post, Configuration configuration) {
    this.post = post;
    this.configuration = configuration;
  }

  /** Whether one more letter would be too many. */
  boolean isFull() {
    return taken >= MAX_LETTERS;
  }

  /**
   * Takes a letter on; never blocks.
   *
   * @param fate is told, on another thread, what became of it: empty when it arrived
   */
  void send(Store.Delivery delivery, Letter letter, Consumer<Optional<String>> fate) {
    taken++;
    Optional<Receiver> receiver = configuration.receiver(delivery.receiver());
    if (receiver.isEmpty()) {
      fate.accept(Optional.of("the receiver is not configured"));
      return;
    }
    ways.computeIfAbsent(
            delivery.receiver(),
            _ -> Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()))
        .execute(() -> fate.accept(carry(receiver.get(), delivery, letter)));
  }

  /** Tries it; why it did not arrive, or nothing. */
  private Optional<String> carry(Receiver receiver, Store.Delivery delivery, Letter letter) {
    String conversation = receiver.name() + " " + letter.incident();
    Duration wait = FIRST_WAIT;
    String why = "";
    try {
      for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        Optional<String> thread = Optional.ofNullable(threads.get(conversation));
        switch (post.carry(receiver, configuration, in(thread, delivery), letter)) {
          case Sent.Delivered(Optional<String> newer) -> {
            newer.ifPresent(name -> threads.put(conversation, name));
            return Optional.empty();
          }
          case Sent.Never(String words) -> {
            return Optional.of(words);
          }
          case Sent.NotNow(String words, Optional<Duration> after) -> {
            why = words;
            Duration asked = after.orElse(wait);
            if (attempt < MAX_ATTEMPTS) {
              pause(asked.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : asked);
            }
            wait = wait.multipliedBy(2);
          }
        }
      }
      return Optional.of(why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the coordinator ended before it arrived");
    } catch (RuntimeException e) {
      LOG.error("drill_letter=failed receiver={} error={}", receiver.name(), e.toString(), e);
      return Optional.of("an error of Parallax; its log says more");
    }
  }

  /** Waits before another attempt, unless nobody waits for it any more. */
  private void pause(Duration time) throws InterruptedException {
    if (ended.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("ended");
    }
  }

  /** The same, as a part of a conversation. */
  private static Store.Delivery in(Optional<String> thread, Store.Delivery delivery) {
    return new Store.Delivery(
        delivery.key(),
        delivery.kind(),
        delivery.receiver(),
        delivery.incident(),
        delivery.along(),
        delivery.planned(),
        delivery.attempts(),
        delivery.delivered(),
        delivery.lastError(),
        delivery.givenUp(),
        thread);
  }

  /** Waits, for a bounded time, until what was taken on has arrived or has not. */
  @Override
  public void close() {
    ways.values().forEach(ExecutorService::shutdown);
    boolean inTime = true;
    try {
      long left = GOODBYE.toMillis();
      for (ExecutorService way : ways.values()) {
        inTime &= way.awaitTermination(inTime ? left : 0, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      inTime = false;
    }
    ended.countDown();
    if (!inTime) {
      ways.values().forEach(ExecutorService::shutdownNow);
    }
    post.close();
  }
}
