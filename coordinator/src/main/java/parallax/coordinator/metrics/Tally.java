package parallax.coordinator.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A family of counters, one for each combination of label values. Cheap to count from any thread;
 * at most {@link #MAX_SERIES} series, further ones are counted under {@code other}.
 */
public final class Tally {
  public static final int MAX_SERIES = 1000;

  private static final String OTHER = "other";

  private final String name;
  private final String help;
  private final List<String> labels;
  private final ConcurrentHashMap<List<String>, LongAdder> series = new ConcurrentHashMap<>();

  /**
   * @param name in Prometheus' form, ending in {@code _total}
   * @param labels their names
   */
  public Tally(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
    if (labels.length == 0) {
      series.put(List.of(), new LongAdder());
    }
  }

  /** Counts one. */
  public void count(String... values) {
    add(1, values);
  }

  /** Counts {@code amount}; 0 makes the series show. */
  public void add(long amount, String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(name + " has the labels " + labels);
    }
    List<String> key = Arrays.asList(values.clone());
    if (!series.containsKey(key) && series.size() >= MAX_SERIES) {
      key = Collections.nCopies(values.length, OTHER);
    }
    series.computeIfAbsent(key, _ -> new LongAdder()).add(amount);
  }

  /** What was counted under these label values. */
  public long value(String... values) {
    LongAdder adder = series.get(Arrays.asList(values));
    return adder == null ? 0 : adder.sum();
  }

  public String name() {
    return name;
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels;
  }

  /** Label values, in the order of the labels, with their count; sorted. */
  SortedMap<List<String>, Long> values() {
    SortedMap<List<String>, Long> sorted =
        new TreeMap<>((one, other) -> String.join("\0", one).compareTo(String.join("\0", other)));
    series.forEach((values, adder) -> sorted.put(values, adder.sum()));
    return sorted;
  }
}
