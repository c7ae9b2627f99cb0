package parallax.coordinator.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import parallax.config.target.TargetName;

/**
 * How many reports are taken: token buckets for each network of those who report, for each target,
 * and for both together, so that one person counts once. Thread-safe. What it knows is lost with
 * the process.
 */
public final class ReportGate {
  /** Of one network about one target: one in this time. */
  public static final Duration ONCE_IN = Duration.ofMinutes(15);

  /** Of one network about whatever: so many at once, and then one in {@link #EACH_IN}. */
  public static final int AT_ONCE = 10;

  public static final Duration EACH_IN = Duration.ofMinutes(1);

  /** About one target: so many at once, and then one in {@link #OF_TARGET_IN}. */
  public static final int OF_TARGET = 60;

  public static final Duration OF_TARGET_IN = Duration.ofSeconds(1);

  /** Buckets that are remembered; the one that was not asked for the longest time is forgotten. */
  static final int MAX_BUCKETS = 20_000;

  private final LongSupplier nanos;
  private final Map<Key, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
          return size() > MAX_BUCKETS;
        }
      };

  /** Whose bucket: of a network, a target, or both; empty texts where one is not meant. */
  private record Key(String network, String target, int size, Duration each) {}

  /**
   * So full at some time.
   *
   * @param spent until it is full again
   */
  private record Bucket(long at, long spent) {
    Bucket leaked(long now) {
      return new Bucket(now, Math.max(0, spent - (now - at)));
    }
  }

  /** A gate that has taken nothing. */
  public ReportGate(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Asks whether a report is taken, and takes it if it is.
   *
   * @param network of whoever reports
   * @return how long to wait; empty: it is taken
   */
  public synchronized Optional<Duration> ask(String network, TargetName target) {
    long now = nanos.getAsLong();
    List<Key> keys =
        List.of(
            new Key(network, target.value(), 1, ONCE_IN),
            new Key(network, "", AT_ONCE, EACH_IN),
            new Key("", target.value(), OF_TARGET, OF_TARGET_IN));
    long wait = 0;
    for (Key key : keys) {
      long room = (key.size() - 1) * key.each().toNanos();
      wait = Math.max(wait, bucket(key, now).spent() - room);
    }
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    for (Key key : keys) {
      buckets.put(key, new Bucket(now, bucket(key, now).spent() + key.each().toNanos()));
    }
    return Optional.empty();
  }

  private Bucket bucket(Key key, long now) {
    Bucket known = buckets.get(key);
    return known == null ? new Bucket(now, 0) : known.leaked(now);
  }

  /** How many buckets there are. */
  synchronized int size() {
    return buckets.size();
  }
}
