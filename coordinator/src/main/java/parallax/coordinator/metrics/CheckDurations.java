package parallax.coordinator.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.metrics.text.Family;
import parallax.coordinator.metrics.text.PromText;

/**
 * How long checks took, as one histogram for each target, layer and region. Counted by one thread,
 * read by any.
 *
 * <p>Buckets are shown for the layer at which a target's deepest check arrives; of the layers
 * before it only the sum and the number, so that a target costs {@value Durations#WITH_BUCKETS}
 * series for each region and {@value Durations#WITHOUT} for each further layer.
 */
public final class CheckDurations {
  /** The most histograms; what would need a further one is not counted. */
  public static final int MAX_SERIES = 200_000;

  static final String NAME = "parallax_check_duration_seconds";

  private final Map<Key, Durations> series = new ConcurrentHashMap<>();
  private final Map<TargetName, CheckKind> deepest = new HashMap<>();
  private int count;
  private volatile int changes;
  private volatile Sorted sorted = new Sorted(0, List.of());

  /** All of them as of a change, near one another for those who read them. */
  private record Sorted(int change, List<Durations> all) {}

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

  /** Counts a check. Only ever called from one thread. */
  public void saw(Observation observation) {
    Key key = new Key(observation.target(), observation.layer(), observation.vantage().region());
    Durations found = series.get(key);
    if (found == null) {
      if (count >= MAX_SERIES) {
        return;
      }
      found = begin(key);
    }
    boolean works =
        observation.outcome() instanceof Outcome.Up
            || observation.outcome() instanceof Outcome.Degraded;
    if (works && deepest.getOrDefault(key.target(), observation.check()) == observation.check()) {
      found.showBuckets();
    }
    found.saw(observation);
  }

  /** Forgets all but these targets. Only ever called from the thread that counts. */
  public void keep(Collection<Target> targets) {
    deepest.clear();
    Set<TargetName> kept = new HashSet<>();
    for (Target target : targets) {
      kept.add(target.name());
      target.checks().stream()
          .map(CheckSpec::kind)
          .max(Comparator.naturalOrder())
          .ifPresent(kind -> deepest.put(target.name(), kind));
    }
    Iterator<Key> keys = series.keySet().iterator();
    while (keys.hasNext()) {
      if (!kept.contains(keys.next().target())) {
        keys.remove();
        count--;
      }
    }
    changed();
  }

  /** How many samples there are at most. */
  int samples() {
    return sorted().size() * Durations.WITH_BUCKETS;
  }

  Family<Durations> family() {
    return new Family<>(
        NAME,
        PromText.Type.HISTOGRAM,
        "How long checks took, from start to outcome, by the layer the outcome speaks about.",
        sorted(),
        (text, durations) -> durations.write(text));
  }

  private Durations begin(Key key) {
    String labels =
        PromText.open(
            "target", key.target().value(),
            "layer", key.layer().name(),
            "region", key.region().value());
    Durations begun = new Durations(PromText.encoded(labels));
    series.put(key, begun);
    count++;
    changed();
    return begun;
  }

  /** Only ever called from the thread that counts. */
  private void changed() {
    int next = changes + 1;
    changes = next;
  }

  private List<Durations> sorted() {
    // Read before them, so that what comes meanwhile makes the next reader look again.
    int change = changes;
    Sorted known = sorted;
    if (known.change() != change) {
      List<Durations> all = new ArrayList<>(series.size());
      series.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEachOrdered(each -> all.add(each.getValue()));
      known = new Sorted(change, List.copyOf(all));
      sorted = known;
    }
    return known.all();
  }
}
