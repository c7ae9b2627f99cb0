package parallax.bench.compare.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import parallax.bench.compare.year.Year;

/** What was counted of one rule. Filled by one thread, then added up. */
public final class Tally {
  /** More mistakes than this are counted, not listed. */
  private static final int MAX_MISTAKES = 2_000;

  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final List<Long> detectionMillis = new ArrayList<>();
  private final Map<String, Map<String, Long>> confusion = new TreeMap<>();
  private final List<String> mistakes = new ArrayList<>();

  public void add(Counter counter, long number) {
    counts.merge(counter, number, Long::sum);
  }

  void addIf(boolean condition, Counter counter) {
    add(counter, condition ? 1 : 0);
  }

  /** A GLOBAL event was found so long after it began. */
  void addDetection(long millis) {
    detectionMillis.add(millis);
  }

  /** An event of this kind was labelled so. */
  void addLabel(String truth, String label) {
    confusion.computeIfAbsent(truth, _ -> new TreeMap<>()).merge(label, 1L, Long::sum);
  }

  void addMistake(Supplier<String> words) {
    if (mistakes.size() < MAX_MISTAKES) {
      mistakes.add(words.get());
    }
  }

  /** Adds what was counted elsewhere. */
  public void add(Tally other) {
    other.counts.forEach(this::add);
    detectionMillis.addAll(other.detectionMillis);
    other.confusion.forEach(
        (truth, labels) ->
            labels.forEach(
                (label, number) ->
                    confusion
                        .computeIfAbsent(truth, _ -> new TreeMap<>())
                        .merge(label, number, Long::sum)));
    other.mistakes.forEach(words -> addMistake(() -> words));
  }

  public long count(Counter counter) {
    return counts.getOrDefault(counter, 0L);
  }

  /** How much time was watched, over all targets. */
  public double targetYears() {
    return (double) count(Counter.TARGET_DAYS) / Year.DAYS;
  }

  /** The nearest rank of the times to find GLOBAL events, in milliseconds; empty without any. */
  public Optional<Long> detection(double quantile) {
    if (detectionMillis.isEmpty()) {
      return Optional.empty();
    }
    List<Long> sorted = new ArrayList<>(detectionMillis);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(quantile * sorted.size());
    return Optional.of(sorted.get(Math.max(1, rank) - 1));
  }

  /** How often an event of which kind, found or not, was given which label. */
  public Map<String, Map<String, Long>> confusion() {
    return Collections.unmodifiableMap(confusion);
  }

  /** What went wrong, one line each. */
  public List<String> mistakes() {
    return Collections.unmodifiableList(mistakes);
  }
}
