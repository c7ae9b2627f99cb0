package parallax.coordinator.core.watch;

import java.util.Comparator;
import java.util.List;

/**
 * Everything that is watched.
 *
 * @param targets sorted by name, names unique
 * @param ourReceivers the names of those who hear of trouble on our own side
 */
public record Watchlist(List<Watched> targets, List<String> ourReceivers) {
  /** Nothing is watched. */
  public static final Watchlist EMPTY = new Watchlist(List.of(), List.of());

  public Watchlist {
    targets = targets.stream().sorted(Comparator.comparing(Watched::name)).toList();
    ourReceivers = List.copyOf(ourReceivers);
  }
}
