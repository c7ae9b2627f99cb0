package parallax.coordinator.api.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often somebody may try, by a bucket for each network that leaks. Thread-safe. What it knows
 * is lost with the process.
 */
public final class Attempts {
  /** Networks that are remembered; the one that was not heard of for the longest is forgotten. */
  static final int MAX_NETWORKS = 20_000;

  private final LongSupplier nanos;
  private final int atOnce;
  private final long eachNanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_NETWORKS;
        }
      };

  /**
   * So full at some time.
   *
   * @param spent until it is empty again
   */
  private record Bucket(long at, long spent) {}

  /**
   * Nobody has tried yet.
   *
   * @param atOnce so many at once, and then one in {@code each}
   */
  public Attempts(LongSupplier nanos, int atOnce, Duration each) {
    this.nanos = nanos;
    this.atOnce = atOnce;
    this.eachNanos = each.toNanos();
  }

  /**
   * Asks whether somebody may try, and counts it if so.
   *
   * @return how long to wait; empty: they may
   */
  public synchronized Optional<Duration> ask(String network) {
    long now = nanos.getAsLong();
    Bucket before = buckets.get(network);
    long spent = before == null ? 0 : Math.max(0, before.spent() - (now - before.at()));
    long wait = spent - (atOnce - 1) * eachNanos;
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    buckets.put(network, new Bucket(now, spent + eachNanos));
    return Optional.empty();
  }
}
