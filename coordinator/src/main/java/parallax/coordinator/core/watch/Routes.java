package parallax.coordinator.core.watch;

import java.util.Optional;
import parallax.coordinator.core.persistent.SortedTree;

/** What route collectors saw last of every prefix. Immutable. */
public final class Routes {
  /** More prefixes than this are not remembered. */
  public static final int MAX_PREFIXES = 100_000;

  public static final Routes NONE = new Routes(SortedTree.empty());

  /** Seen by less than this share of the peers a prefix counts as withdrawn. */
  private static final double VISIBLE = 0.5;

  private final SortedTree<String, Seen> seen;

  private Routes(SortedTree<String, Seen> seen) {
    this.seen = seen;
  }

  private record Seen(double visibility, Optional<Long> origin) {}

  /** After collectors looked at a prefix; the same object when nothing changed. */
  public Routes with(String prefix, double visibility, Optional<Long> origin) {
    Seen now = new Seen(visibility, origin);
    Optional<Seen> before = seen.get(prefix);
    boolean full = before.isEmpty() && seen.size() >= MAX_PREFIXES;
    return full || before.filter(now::equals).isPresent()
        ? this
        : new Routes(seen.with(prefix, now));
  }

  /** Whether a route is gone for most. */
  public boolean isWithdrawn(RouteDependency route) {
    return seen.get(route.prefix()).filter(now -> now.visibility() < VISIBLE).isPresent();
  }

  /** Who announces a prefix that somebody else should announce. */
  public Optional<Long> foreignOrigin(RouteDependency route) {
    return seen.get(route.prefix())
        .filter(now -> now.visibility() >= VISIBLE)
        .flatMap(Seen::origin)
        .filter(origin -> origin != route.origin());
  }
}
