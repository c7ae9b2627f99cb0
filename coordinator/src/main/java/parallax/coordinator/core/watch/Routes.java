package parallax.coordinator.core.watch;

import java.time.Instant;
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

  /**
   * One prefix.
   *
   * @param since when it began to be withdrawn, or to have this origin
   */
  private record Seen(double visibility, Optional<Long> origin, Instant since) {
    boolean isWithdrawn() {
      return visibility < VISIBLE;
    }

    boolean isAs(RouteView.Sight sight) {
      return visibility == sight.visibility() && origin.equals(sight.origin());
    }

    /** Whether it is in the same case, though a few peers more or less may have it. */
    boolean goesOn(RouteView.Sight sight) {
      boolean withdrawn = sight.visibility() < VISIBLE;
      return withdrawn == isWithdrawn() && (withdrawn || origin.equals(sight.origin()));
    }
  }

  /** After collectors looked at a prefix; the same object when nothing changed. */
  public Routes with(RouteView view, Instant now) {
    Optional<Seen> before = seen.get(view.prefix());
    if (view.sight().isEmpty()) {
      return before.isPresent() ? new Routes(seen.without(view.prefix())) : this;
    }
    RouteView.Sight sight = view.sight().get();
    boolean full = before.isEmpty() && seen.size() >= MAX_PREFIXES;
    if (full || before.filter(known -> known.isAs(sight)).isPresent()) {
      return this;
    }
    Instant began = sight.visibility() < VISIBLE ? sight.firstLoss().orElse(now) : now;
    Instant since = before.filter(known -> known.goesOn(sight)).map(Seen::since).orElse(began);
    return new Routes(
        seen.with(view.prefix(), new Seen(sight.visibility(), sight.origin(), since)));
  }

  /** Since when a route is gone for most; empty when it is not, or nobody can tell. */
  public Optional<Instant> withdrawnSince(RouteDependency route) {
    return seen.get(route.prefix()).filter(Seen::isWithdrawn).map(Seen::since);
  }

  /** Somebody announces a prefix that somebody else should announce. */
  public record Foreign(long origin, Instant since) {}

  /** Who announces a prefix that somebody else should announce. */
  public Optional<Foreign> foreign(RouteDependency route) {
    return seen.get(route.prefix())
        .filter(now -> !now.isWithdrawn() && !route.origins().isEmpty())
        .flatMap(
            now ->
                now.origin()
                    .filter(origin -> !route.origins().contains(origin))
                    .map(origin -> new Foreign(origin, now.since())));
  }
}
