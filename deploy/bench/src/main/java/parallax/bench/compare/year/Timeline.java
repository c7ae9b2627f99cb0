package parallax.bench.compare.year;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How likely an attempt is to fail, as time goes by. Is asked in the order of time only. */
final class Timeline {
  private final long[] begins;
  private final double[] failing;
  private int current;

  /** A time in which attempts fail more often; several at once add up as independent causes. */
  record Stretch(long from, long until, double share) {}

  Timeline(double loss, List<Stretch> stretches) {
    begins =
        LongStream.concat(
                LongStream.of(0),
                stretches.stream().flatMapToLong(one -> LongStream.of(one.from(), one.until())))
            .sorted()
            .distinct()
            .toArray();
    double[] passing = new double[begins.length];
    Arrays.fill(passing, 1 - loss);
    for (Stretch one : stretches) {
      int last = Arrays.binarySearch(begins, one.until());
      for (int index = Arrays.binarySearch(begins, one.from()); index < last; index++) {
        passing[index] *= 1 - one.share();
      }
    }
    failing = Arrays.stream(passing).map(pass -> 1 - pass).toArray();
  }

  /** The probability that an attempt at {@code time} fails. */
  double at(long time) {
    while (current + 1 < begins.length && begins[current + 1] <= time) {
      current++;
    }
    return failing[current];
  }
}
