package parallax.coordinator.metrics;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.target.Region;
import parallax.config.target.TargetName;

/**
 * How long checks took, as one histogram for each target, layer and region. Counted by one thread,
 * read by any. A series is a dozen longs.
 */
public final class CheckDurations {
  /** The most histograms; what would need a further one is not counted. */
  public static final int MAX_SERIES = 200_000;

  /** Upper bounds of the buckets in milliseconds, with the same in seconds as they are written. */
  private static final long[] BOUNDS_MILLIS = {10, 50, 100, 250, 500, 1000, 2500, 5000, 10_000};

  private static final String[] BOUNDS = {
    "0.01", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "+Inf"
  };

  private static final String[] BUCKET_ENDS = bucketEnds();
  private static final String NAME = "parallax_check_duration_seconds";

  private final Map<Key, Series> series = new ConcurrentSkipListMap<>();
  private int count;

  private record Key(TargetName target, Layer layer, Region region) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = target.compareTo(other.target);
      if (order == 0) {
        order = layer.compareTo(other.layer);
      }
      return order != 0 ? order : region.compareTo(other.region);
    }
  }

  /**
   * A histogram.
   *
   * @param labels without the closing brace
   * @param counts one for each bucket, then the sum in nanoseconds
   */
  private record Series(String labels, AtomicLongArray counts) {}

  /** Counts a check. Only ever called from one thread. */
  public void saw(Observation observation) {
    Key key = new Key(observation.target(), observation.layer(), observation.vantage().region());
    Series found = series.get(key);
    if (found == null) {
      if (count >= MAX_SERIES) {
        return;
      }
      found = begin(key);
    }
    long nanos = observation.duration().toNanos();
    AtomicLongArray counts = found.counts();
    int bucket = bucket(nanos);
    counts.lazySet(BOUNDS.length, counts.get(BOUNDS.length) + nanos);
    counts.lazySet(bucket, counts.get(bucket) + 1);
  }

  /** Forgets all but these targets. Only ever called from the thread that counts. */
  public void keep(Collection<TargetName> targets) {
    Set<TargetName> kept = new HashSet<>(targets);
    Iterator<Key> keys = series.keySet().iterator();
    while (keys.hasNext()) {
      if (!kept.contains(keys.next().target())) {
        keys.remove();
        count--;
      }
    }
  }

  void write(PromText text) {
    text.family(
        NAME,
        PromText.Type.HISTOGRAM,
        "How long checks took, from start to outcome, by the layer the outcome speaks about.");
    series.values().forEach(histogram -> write(text, histogram));
  }

  private Series begin(Key key) {
    String labels =
        PromText.open(
            "target", key.target().value(),
            "layer", key.layer().name(),
            "region", key.region().value());
    Series begun = new Series(labels, new AtomicLongArray(BOUNDS.length + 1));
    series.put(key, begun);
    count++;
    return begun;
  }

  private static void write(PromText text, Series histogram) {
    long cumulated = 0;
    for (int bucket = 0; bucket < BOUNDS.length; bucket++) {
      cumulated += histogram.counts().get(bucket);
      text.sample(NAME + "_bucket", histogram.labels(), BUCKET_ENDS[bucket], cumulated);
    }
    double sum = histogram.counts().get(BOUNDS.length) / 1e9;
    text.sample(NAME + "_sum", histogram.labels(), "}", sum);
    text.sample(NAME + "_count", histogram.labels(), "}", cumulated);
  }

  private static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS_MILLIS.length && nanos > BOUNDS_MILLIS[bucket] * 1_000_000) {
      bucket++;
    }
    return bucket;
  }

  private static String[] bucketEnds() {
    String[] ends = new String[BOUNDS.length];
    for (int bucket = 0; bucket < ends.length; bucket++) {
      ends[bucket] = ",le=\"" + BOUNDS[bucket] + "\"}";
    }
    return ends;
  }
}
