package parallax.config.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;

/**
 * The parts of an assignment that have come so far. Immutable. Parts may come in any order and
 * twice; a part of another revision begins anew.
 */
public final class AssignmentParts {
  /** Nothing has come yet. */
  public static final AssignmentParts NONE = new AssignmentParts(new TreeMap<>());

  private final SortedMap<Integer, CoordinatorFrame.Assignment> parts;

  private AssignmentParts(SortedMap<Integer, CoordinatorFrame.Assignment> parts) {
    this.parts = parts;
  }

  /**
   * A whole assignment.
   *
   * @param routes how routes are watched; empty: nobody is listened to
   */
  public record Whole(
      long revision,
      List<Target> targets,
      Optional<RouteWatching> routes,
      List<ProbeFrame.NotSupported> notSupported) {
    /** Without a word about routes. */
    public Whole(long revision, List<Target> targets, List<ProbeFrame.NotSupported> notSupported) {
      this(revision, targets, Optional.empty(), notSupported);
    }

    public Whole {
      targets = List.copyOf(targets);
      notSupported = List.copyOf(notSupported);
    }
  }

  /** These parts and {@code part}. */
  public AssignmentParts plus(CoordinatorFrame.Assignment part) {
    SortedMap<Integer, CoordinatorFrame.Assignment> next = new TreeMap<>();
    parts.forEach(
        (index, other) -> {
          if (other.revision() == part.revision() && other.parts() == part.parts()) {
            next.put(index, other);
          }
        });
    next.put(part.part(), part);
    return new AssignmentParts(next);
  }

  /** The assignment, once all its parts are there. */
  public Optional<Whole> whole() {
    if (parts.isEmpty() || parts.size() < parts.values().iterator().next().parts()) {
      return Optional.empty();
    }
    List<Target> targets = new ArrayList<>();
    List<ProbeFrame.NotSupported> notSupported = new ArrayList<>();
    Optional<RouteWatching> routes = Optional.empty();
    long revision = 0;
    for (CoordinatorFrame.Assignment part : parts.values()) {
      revision = part.revision();
      targets.addAll(part.targets());
      routes = routes.or(part::routes);
      notSupported.addAll(part.notSupported());
    }
    return Optional.of(new Whole(revision, targets, routes, notSupported));
  }
}
