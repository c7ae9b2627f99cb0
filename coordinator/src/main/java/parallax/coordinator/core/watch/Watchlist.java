package parallax.coordinator.core.watch;

import java.util.Comparator;
import java.util.List;
import parallax.config.policy.DecisionRules;

/**
 * Everything that is watched.
 *
 * @param targets sorted by name, names unique
 * @param ourReceivers the names of those who hear of trouble on our own side
 * @param rules how sure to be, and how long to wait
 */
public record Watchlist(List<Watched> targets, List<String> ourReceivers, DecisionRules rules) {
  /** Nothing is watched. */
  public static final Watchlist EMPTY = new Watchlist(List.of(), List.of());

  /** Under the usual rules. */
  public Watchlist(List<Watched> targets, List<String> ourReceivers) {
    this(targets, ourReceivers, DecisionRules.USUAL);
  }

  public Watchlist {
    targets = targets.stream().sorted(Comparator.comparing(Watched::name)).toList();
    ourReceivers = List.copyOf(ourReceivers);
  }
}
