package parallax.config.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gathers what is wrong with a configuration, each problem once. Not thread-safe. */
public final class Problems {
  /** The most problems, and the most warnings, that are kept: nobody reads more at once. */
  public static final int MAX_KEPT = 1_000;

  private final SortedSet<Problem> errors = new TreeSet<>();
  private final SortedSet<Problem> warnings = new TreeSet<>();
  private int dropped;

  /** Notes an error: the configuration can't be used. */
  public void error(Place place, String message) {
    if (errors.size() >= MAX_KEPT) {
      dropped++;
      return;
    }
    errors.add(new Problem(place.file(), place.line(), place.column(), message));
  }

  /** Notes something that deserves a look but does not keep the configuration from being used. */
  public void warning(Place place, String message) {
    if (warnings.size() < MAX_KEPT) {
      warnings.add(new Problem(place.file(), place.line(), place.column(), message));
    }
  }

  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** All errors, sorted by file and place; the last one says how many more there are. */
  public List<Problem> errors() {
    List<Problem> all = new ArrayList<>(errors);
    if (dropped > 0) {
      Problem last = all.getLast();
      String message = dropped + " more problems are not shown";
      all.add(new Problem(last.file(), last.line(), last.column(), message));
    }
    return List.copyOf(all);
  }

  /** All warnings, sorted by file and place. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
