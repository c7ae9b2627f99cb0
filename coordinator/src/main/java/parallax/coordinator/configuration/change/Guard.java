package parallax.coordinator.configuration.change;

import java.util.ArrayList;
import java.util.List;

/**
 * Sees what looks more like an accident than like an intention: a configuration that watches or
 * tells far less than the one before. It judges what a change takes away, by number; what else is
 * changed, labels that nobody carries any more and thresholds among it, is shown by a plan and held
 * back by nobody.
 */
public final class Guard {
  /** So many targets may go in one change, however few there are. */
  public static final int MAX_REMOVED = 20;

  /** Where there are more, one of so many may. */
  public static final int ONE_OF = 10;

  private Guard() {}

  /** Why {@code change} should not come into force unasked; empty when it may. */
  public static List<String> objections(Change change) {
    List<String> objections = new ArrayList<>();
    int before = change.before().targets().size();
    int removed = change.removed().size();
    if (before > 0 && change.after().targets().isEmpty()) {
      objections.add("it removes every target (" + before + ")");
    } else if (tooMany(removed, before)) {
      objections.add("it removes " + share(removed, before));
    }
    int silenced = change.silenced().size();
    if (!change.before().receivers().isEmpty() && change.after().receivers().isEmpty()) {
      objections.add(
          "it removes every receiver (" + Change.names(change.before().receivers()) + ")");
    } else if (tooMany(silenced, before)) {
      objections.add("nobody would be told any more of " + share(silenced, before));
    }
    return List.copyOf(objections);
  }

  private static boolean tooMany(int some, int all) {
    return some > MAX_REMOVED && (long) some * ONE_OF > all;
  }

  private static String share(int some, int all) {
    return "%d of %d targets (%d %%), more than %d and more than %d %%"
        .formatted(some, all, 100L * some / all, MAX_REMOVED, 100 / ONE_OF);
  }
}
