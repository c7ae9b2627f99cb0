package parallax.probe.bgp.visibility;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Voters of a prefix, by collector. The baseline are all that had it lately; of those that are
 * unknown nothing can be said now, so shares are of the others.
 */
public record Tally(SortedMap<String, Count> byCollector) {
  public Tally {
    byCollector = Collections.unmodifiableSortedMap(new TreeMap<>(byCollector));
  }

  /** Voters at one collector. */
  public record Count(int seeing, int lost, int unknown) {
    public static final Count NONE = new Count(0, 0, 0);

    public int known() {
      return seeing + lost;
    }

    Count plus(Sight.Vote vote) {
      return switch (vote) {
        case Sight.Sees _ -> new Count(seeing + 1, lost, unknown);
        case Sight.Lost _ -> new Count(seeing, lost + 1, unknown);
        case Sight.Unknown _ -> new Count(seeing, lost, unknown + 1);
      };
    }
  }

  public int seeing() {
    return sum(Count::seeing);
  }

  public int lost() {
    return sum(Count::lost);
  }

  public int known() {
    return sum(Count::known);
  }

  public int baseline() {
    return known() + sum(Count::unknown);
  }

  /** Of those known, who sees it: 0 to 1; 1 where nobody is known. */
  public double visible() {
    return known() == 0 ? 1 : (double) seeing() / known();
  }

  /** At how many collectors somebody has lost it. */
  public int collectorsLost() {
    return (int) byCollector.values().stream().filter(count -> count.lost() > 0).count();
  }

  /** All but one collector. */
  Tally without(String collector) {
    SortedMap<String, Count> others = new TreeMap<>(byCollector);
    others.remove(collector);
    return new Tally(others);
  }

  private int sum(ToIntFunction<Count> part) {
    return byCollector.values().stream().mapToInt(part).sum();
  }
}
