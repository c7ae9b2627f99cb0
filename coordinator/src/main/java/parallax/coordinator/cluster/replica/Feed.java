package parallax.coordinator.cluster.replica;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.feed.Delivery;
import parallax.coordinator.cluster.feed.FeedReader;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;

/**
 * Reads all shards on a thread of its own, until it is closed: one call a shard each {@link #PACE},
 * whether there is much to read or nothing. A shard that does not answer keeps no other waiting for
 * longer than {@link #MAX_ROUND}.
 */
public final class Feed implements AutoCloseable {
  /** From one round to the next. */
  public static final Duration PACE = Duration.ofMillis(100);

  /** How long a round waits for shards that do not answer. */
  static final Duration MAX_ROUND = Duration.ofMillis(500);

  /** Rounds from one look at the signs of life to the next. */
  private static final int ROUNDS_PER_BEAT = 10;

  private static final Duration MAX_CLOSE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final FeedReader reader;
  private final Supplier<List<Beat>> beats;
  private final List<ShardReader> shards;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean caughtUp;

  /**
   * Begins to read.
   *
   * @param epoch readers with a smaller one are refused from now on
   * @param beats the signs of life since the last call
   */
  public Feed(Books books, long epoch, FeedReader reader, Supplier<List<Beat>> beats) {
    this.reader = reader;
    this.beats = beats;
    this.shards = Shards.all().mapToObj(shard -> new ShardReader(books, shard, epoch)).toList();
    this.thread = Thread.ofPlatform().name("parallax-feed").daemon().unstarted(this::run);
    thread.start();
  }

  private void run() {
    try {
      for (long round = 0; closing.getCount() > 0; round++) {
        if (!round()) {
          LOG.info("event=feed_superseded");
          reader.superseded();
          return;
        }
        if (round % ROUNDS_PER_BEAT == 0) {
          List<Beat> alive = beats.get();
          if (!alive.isEmpty()) {
            reader.alive(alive);
          }
        }
        boolean closed = closing.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
        if (closed) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when another reads. */
  private boolean round() throws InterruptedException {
    List<CompletableFuture<Answer>> calls = new ArrayList<>();
    shards.forEach(shard -> calls.add(shard.begin()));
    try {
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
          .get(MAX_ROUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("event=feed_round_incomplete", e);
    }
    for (ShardReader shard : shards) {
      for (ShardReader.Read read : shard.end()) {
        hand(shard, read);
      }
    }
    if (shards.stream().anyMatch(ShardReader::isSuperseded)) {
      return false;
    }
    if (!caughtUp && shards.stream().allMatch(ShardReader::isCaughtUp)) {
      caughtUp = true;
      reader.caughtUp();
    }
    return true;
  }

  private void hand(ShardReader shard, ShardReader.Read read) {
    if (read.items().isEmpty() || closing.getCount() == 0) {
      return;
    }
    List<Item.Id> ids = read.items().stream().map(Item::id).toList();
    List<Evidence> evidence = ShardReader.evidence(read);
    if (evidence.size() < ids.size()) {
      LOG.warn("event=feed_unreadable observations={}", ids.size() - evidence.size());
    }
    Runnable stored = read.kind() == Delivery.Kind.JOURNAL ? () -> shard.stored(ids) : () -> {};
    if (evidence.isEmpty()) {
      stored.run();
    } else {
      reader.read(new Delivery(read.kind(), evidence, stored));
    }
  }

  /** Stops; nothing is handed over after it returned, unless called from the reader itself. */
  @Override
  public void close() {
    closing.countDown();
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      if (!thread.join(MAX_CLOSE)) {
        LOG.warn("event=feed_close_timeout");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
