package parallax.deploy.otlp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The samples of one family as points of one metric (OpenTelemetry's metrics.proto, version 1):
 * counters are cumulative sums, and the lines of a histogram or a summary that have the same labels
 * become one point.
 */
final class Points {
  private static final int CUMULATIVE = 2;
  private static final int ATTRIBUTES = 7;
  private static final int ATTRIBUTES_OF_HISTOGRAM = 9;
  private static final long NANOS = 1_000_000_000;
  private static final String BOUND = "le";
  private static final String QUANTILE = "quantile";

  /** Of a metric that nobody names there are no points. */
  private String family = "";

  private String type = "gauge";
  private String help = "";
  private final long start;
  private final long now;
  private Message data = new Message();
  private int count;
  private Optional<Parts> open = Optional.empty();

  /** A point of which some lines were read. */
  private static final class Parts {
    private final SortedMap<String, String> labels;
    private final List<Long> bounds = new ArrayList<>();
    private final List<Long> cumulated = new ArrayList<>();
    private final List<Message> quantiles = new ArrayList<>();
    private double sum;
    private long count;

    Parts(SortedMap<String, String> labels) {
      this.labels = labels;
    }
  }

  /**
   * None yet.
   *
   * @param start since when counters count
   */
  Points(Instant start, Instant now) {
    this.start = nanos(start);
    this.now = nanos(now);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * NANOS + at.getNano();
  }

  /** Whether a line begins another metric than this. */
  boolean isOther(String name) {
    return !family.equals(name);
  }

  /** Begins a metric; {@link #take} what was written before. */
  void begin(String name) {
    family = name;
    type = "gauge";
    help = "";
  }

  void describe(Line.Type line) {
    type = line.type();
  }

  void describe(Line.Help line) {
    help = line.text();
  }

  /** How many points there are. */
  int count() {
    return count + (open.isPresent() ? 1 : 0);
  }

  /** Whether a line belongs to no point that was begun. */
  boolean isOfAnother(Line.Sample sample) {
    return open.isEmpty() || !open.get().labels.equals(own(sample));
  }

  /** Labels of the point, without the one that tells its lines apart. */
  private SortedMap<String, String> own(Line.Sample sample) {
    SortedMap<String, String> labels = new TreeMap<>(sample.labels());
    labels.remove(type.equals("histogram") ? BOUND : QUANTILE);
    return labels;
  }

  void add(Line.Sample sample) {
    switch (type) {
      case "histogram", "summary" -> part(sample);
      case "counter" -> point(sample, true);
      default -> point(sample, false);
    }
  }

  private void point(Line.Sample sample, boolean counts) {
    Message point = new Message();
    if (counts) {
      point.fixed(2, start);
    }
    point.fixed(3, now).real(4, sample.value());
    attributes(point, ATTRIBUTES, sample.labels());
    data.message(1, point);
    count++;
  }

  private void part(Line.Sample sample) {
    if (isOfAnother(sample)) {
      close();
      open = Optional.of(new Parts(own(sample)));
    }
    Parts parts = open.orElseThrow();
    String bound = sample.labels().getOrDefault(BOUND, "");
    String quantile = sample.labels().getOrDefault(QUANTILE, "");
    if (sample.name().endsWith("_sum")) {
      parts.sum = sample.value();
    } else if (sample.name().endsWith("_count")) {
      parts.count = (long) sample.value();
    } else if (type.equals("summary") && !quantile.isEmpty()) {
      double share = Double.parseDouble(quantile);
      parts.quantiles.add(new Message().real(1, share).real(2, sample.value()));
    } else if (type.equals("histogram") && !bound.isEmpty()) {
      parts.cumulated.add((long) sample.value());
      if (!bound.equals("+Inf")) {
        parts.bounds.add(Double.doubleToRawLongBits(Double.parseDouble(bound)));
      }
    }
  }

  private void close() {
    open.ifPresent(parts -> data.message(1, closed(parts)));
    count += open.isPresent() ? 1 : 0;
    open = Optional.empty();
  }

  private Message closed(Parts parts) {
    Message point =
        new Message().fixed(2, start).fixed(3, now).fixed(4, parts.count).real(5, parts.sum);
    if (type.equals("summary")) {
      parts.quantiles.forEach(each -> point.message(6, each));
      return attributes(point, ATTRIBUTES, parts.labels);
    }
    List<Long> buckets = new ArrayList<>();
    long before = 0;
    for (long until : parts.cumulated) {
      // Read while it was counted, a bucket may be behind the one before it.
      buckets.add(Math.max(0, until - before));
      before = Math.max(before, until);
    }
    point.packed(6, buckets).packed(7, parts.bounds);
    return attributes(point, ATTRIBUTES_OF_HISTOGRAM, parts.labels);
  }

  private static Message attributes(Message point, int field, Map<String, String> labels) {
    labels.forEach((name, value) -> point.message(field, attribute(name, value)));
    return point;
  }

  /** A name and a text. */
  static Message attribute(String name, String value) {
    return new Message().text(1, name).message(2, new Message().text(1, value));
  }

  /** The metric with the points so far, if there are any; goes on with the same one. */
  Optional<Message> take() {
    close();
    if (count == 0) {
      return Optional.empty();
    }
    Message metric = new Message().text(1, family).text(2, help);
    switch (type) {
      case "counter" -> metric.message(7, data.number(2, CUMULATIVE).flag(3));
      case "histogram" -> metric.message(9, data.number(2, CUMULATIVE));
      case "summary" -> metric.message(11, data);
      default -> metric.message(5, data);
    }
    data = new Message();
    count = 0;
    return Optional.of(metric);
  }
}
