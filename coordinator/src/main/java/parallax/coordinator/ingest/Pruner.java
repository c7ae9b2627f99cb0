package parallax.coordinator.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import parallax.coordinator.ingest.Tries.Result;
import parallax.coordinator.store.Store;

/** Removes raw evidence that is too old or too much, a little at a time. For the store thread. */
final class Pruner {
  /** How often old evidence is removed, and how many rows at a time. */
  static final Duration EVERY = Duration.ofHours(1);

  static final int ROWS = 10_000;

  /** Between two removals when there is more to remove. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** After the start, when there is more urgent work. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private final Store store;
  private final Tries tries;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private long next;
  private boolean pruning;
  private Instant before = Instant.EPOCH;

  Pruner(Store store, Tries tries, InstantSource clock, LongSupplier nanos) {
    this.store = store;
    this.tries = tries;
    this.clock = clock;
    this.nanos = nanos;
    next = nanos.getAsLong() + FIRST.toNanos();
  }

  /** Removes some when it is time to. */
  void prune() {
    if (nanos.getAsLong() - next < 0) {
      return;
    }
    int[] removed = {0};
    Result result =
        tries.attempt(
            "prune",
            () -> {
              if (!pruning) {
                before = oldestKept();
              }
              removed[0] = store.prune(before, ROWS);
            });
    boolean more = result == Result.LATER || removed[0] >= ROWS;
    pruning = more;
    next = nanos.getAsLong() + (more ? PAUSE : EVERY).toNanos();
  }

  /** Counted once for a whole round of removals: over millions of rows it takes a moment. */
  private Instant oldestKept() {
    Instant byAge = clock.instant().minus(Store.KEPT);
    return store
        .receivedBeforeNewest(Store.MAX_KEPT)
        .filter(byCount -> byCount.isAfter(byAge))
        .orElse(byAge);
  }
}
