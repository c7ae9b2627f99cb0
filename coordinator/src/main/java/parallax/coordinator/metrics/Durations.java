package parallax.coordinator.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.coordinator.metrics.text.PromText;

/**
 * One histogram, with the observations that are worth a look. Counted by one thread, read by any; a
 * reader may see a check in one bucket and not yet in the sum.
 */
final class Durations {
  /** Samples of one that shows its buckets, and of one that does not. */
  static final int WITH_BUCKETS = 7;

  static final int WITHOUT = 3;

  /** Upper bounds of the buckets in nanoseconds, with the same in seconds as they are written. */
  private static final long[] BOUNDS = {50_000_000, 250_000_000, 1_000_000_000, 5_000_000_000L};

  private static final String[] BOUNDS_WRITTEN = {"0.05", "0.25", "1.0", "5.0", "+Inf"};

  /** What took longer than this bound is worth a look. */
  private static final int SLOW = 2;

  /** The slowest of so long a time is shown. */
  private static final Duration LATELY = Duration.ofMinutes(5);

  private static final byte[] BUCKET = PromText.encoded(CheckDurations.NAME + "_bucket");
  private static final byte[] SUM = PromText.encoded(CheckDurations.NAME + "_sum");
  private static final byte[] COUNT = PromText.encoded(CheckDurations.NAME + "_count");
  private static final byte[] END = PromText.encoded("} ");
  private static final byte[][] BUCKET_ENDS = bucketEnds();
  private static final int INF = BOUNDS.length;

  private final byte[] labels;
  private final AtomicLongArray counts = new AtomicLongArray(INF + 2);
  private volatile boolean showsBuckets;
  private volatile @Nullable Exemplar failed;
  private volatile @Nullable Exemplar slow;

  /** An observation that stands for others (OpenMetrics 1.0, section 4.6.1). */
  private record Exemplar(ObservationId id, int bucket, long nanos, Instant at) {}

  /**
   * An empty one.
   *
   * @param labels encoded, without the closing brace
   */
  Durations(byte[] labels) {
    this.labels = labels;
  }

  void showBuckets() {
    if (!showsBuckets) {
      showsBuckets = true;
    }
  }

  void saw(Observation observation) {
    long nanos = Math.max(0, observation.duration().toNanos());
    int bucket = bucket(nanos);
    counts.lazySet(INF + 1, counts.get(INF + 1) + nanos);
    counts.lazySet(bucket, counts.get(bucket) + 1);
    if (observation.outcome() instanceof Outcome.Down) {
      failed = new Exemplar(observation.id(), bucket, nanos, observation.ended());
    } else if (bucket >= SLOW && isSlower(nanos, observation.ended())) {
      slow = new Exemplar(observation.id(), bucket, nanos, observation.ended());
    }
  }

  private boolean isSlower(long nanos, Instant at) {
    Exemplar known = slow;
    return known == null || nanos >= known.nanos() || known.at().plus(LATELY).isBefore(at);
  }

  void write(PromText text) {
    long cumulated = 0;
    boolean all = showsBuckets;
    int mark = text.mark();
    int opening = BUCKET.length + labels.length;
    for (int bucket = 0; bucket <= INF; bucket++) {
      cumulated += counts.get(bucket);
      if (all || bucket == INF) {
        if (text.mark() == mark) {
          text.bytes(BUCKET).bytes(labels);
        } else {
          text.again(mark, opening);
        }
        text.bytes(BUCKET_ENDS[bucket]).number(cumulated);
        if (text.format() == ExpositionFormat.OPENMETRICS) {
          exemplar(text, all ? bucket : -1);
        }
        text.line();
      }
    }
    text.bytes(SUM).bytes(labels).bytes(END).seconds(counts.get(INF + 1)).line();
    text.bytes(COUNT).bytes(labels).bytes(END).number(cumulated).line();
  }

  /**
   * What is worth a look in a bucket: what failed before what was slow.
   *
   * @param bucket -1 for all of them
   */
  private void exemplar(PromText text, int bucket) {
    Exemplar shown = failed;
    if (shown == null || (bucket >= 0 && shown.bucket() != bucket)) {
      shown = slow;
    }
    if (shown != null && (bucket < 0 || shown.bucket() == bucket)) {
      text.text(" # {observation=\"")
          .text(shown.id().toString())
          .text("\"} ")
          .seconds(shown.nanos())
          .text(" ")
          .seconds(Math.max(0, shown.at().toEpochMilli()) * 1_000_000);
    }
  }

  private static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < INF && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  private static byte[][] bucketEnds() {
    byte[][] ends = new byte[BOUNDS_WRITTEN.length][];
    for (int bucket = 0; bucket < ends.length; bucket++) {
      ends[bucket] = PromText.encoded(",le=\"" + BOUNDS_WRITTEN[bucket] + "\"} ");
    }
    return ends;
  }
}
