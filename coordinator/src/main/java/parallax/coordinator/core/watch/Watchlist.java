package parallax.coordinator.core.watch;

import java.util.Comparator;
import java.util.List;
import parallax.config.policy.DecisionRules;

/**
 * Everything that is watched.
 *
 * @param targets sorted by name, names unique
 * @param rules how sure to be, and how long to wait
 */
public record Watchlist(List<Watched> targets, DecisionRules rules) {
  /** Nothing is watched. */
  public static final Watchlist EMPTY = new Watchlist(List.of());

  /** Under the usual rules. */
  public Watchlist(List<Watched> targets) {
    this(targets, DecisionRules.USUAL);
  }

  public Watchlist {
    targets = targets.stream().sorted(Comparator.comparing(Watched::name)).toList();
  }
}
