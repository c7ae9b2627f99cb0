package parallax.coordinator.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many notices a sender can take on.
 *
 * @param free in all, 1 to {@link Store#MAX_PAGE} of them are claimed at once
 * @param each the most one receiver may have under way
 * @param taken how many each receiver has under way already; others have none
 */
public record Room(int free, int each, SortedMap<String, Integer> taken) {
  public Room {
    if (free < 0 || each < 1) {
      throw new IllegalArgumentException("no room: " + free + " free, " + each + " each");
    }
    taken = Collections.unmodifiableSortedMap(new TreeMap<>(taken));
  }

  /** For so many, whoever they are for. */
  public static Room of(int free) {
    return new Room(free, Math.max(1, free), new TreeMap<>());
  }

  /** Receivers that can take no more. */
  public List<String> full() {
    return taken.entrySet().stream()
        .filter(entry -> entry.getValue() >= each)
        .map(Map.Entry::getKey)
        .toList();
  }
}
