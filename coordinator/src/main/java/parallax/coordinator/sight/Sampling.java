package parallax.coordinator.sight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import parallax.config.target.TargetName;
import parallax.coordinator.store.Store;

/**
 * What probes saw of a target, read in columns of time, of each the newest looks. Columns that are
 * over are kept for a while, as nothing is added to them.
 */
public final class Sampling {
  /** Columns of one picture. */
  public static final int COLUMNS = 96;

  /** Looks of a column at least and at most; between them, so many of each probe and check. */
  static final int MIN_LOOKS = 24;

  static final int MAX_LOOKS = 128;

  private static final int OF_EACH_SOURCE = 2;

  /** More columns than this are not kept. */
  static final int MAX_KEPT = 40 * COLUMNS;

  /** How long after its end a column may still be added to. */
  private static final Duration SETTLED = Duration.ofMinutes(2);

  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, List<Sights.Seen>> kept = new LinkedHashMap<>();

  private record Key(TargetName target, Instant from, Duration step) {}

  public Sampling(Store store) {
    this.store = store;
  }

  /**
   * What was seen in a time that ends now.
   *
   * @param sources how many probes and checks look at the target
   */
  public Sights read(TargetName target, int sources, Duration length, Instant now) {
    long step = length.toMillis() / COLUMNS;
    long last = Math.floorDiv(now.toEpochMilli(), step) * step;
    Instant from = Instant.ofEpochMilli(last - step * (COLUMNS - 1));
    int looks = Math.clamp((long) sources * OF_EACH_SOURCE, MIN_LOOKS, MAX_LOOKS);
    List<List<Sights.Seen>> columns = new ArrayList<>();
    for (int index = 0; index < COLUMNS; index++) {
      Instant start = from.plusMillis(step * index);
      columns.add(column(new Key(target, start, Duration.ofMillis(step)), looks, now));
    }
    return new Sights(from, Duration.ofMillis(step), columns);
  }

  private List<Sights.Seen> column(Key key, int looks, Instant now) {
    Optional<List<Sights.Seen>> known = known(key);
    if (known.isPresent()) {
      return known.get();
    }
    Instant end = key.from().plus(key.step());
    List<Sights.Seen> seen =
        store.evidence(key.target(), key.from(), end, Optional.empty(), looks).items().stream()
            .map(evidence -> Sights.Seen.of(evidence.observation()))
            .toList();
    if (end.plus(SETTLED).isBefore(now)) {
      keep(key, seen);
    }
    return seen;
  }

  private Optional<List<Sights.Seen>> known(Key key) {
    lock.lock();
    try {
      return Optional.ofNullable(kept.get(key));
    } finally {
      lock.unlock();
    }
  }

  private void keep(Key key, List<Sights.Seen> seen) {
    lock.lock();
    try {
      kept.put(key, seen);
      if (kept.size() > MAX_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }
}
