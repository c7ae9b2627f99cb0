package parallax.coordinator.core.watch;

import java.util.List;

/**
 * All that a target is known to stand on.
 *
 * @param shared sorted, no two the same, at most {@link #MAX_SHARED}
 * @param routes at most {@link #MAX_ROUTES}
 */
public record Dependencies(List<Dependency> shared, List<RouteDependency> routes) {
  /** More dependencies than this are not kept. */
  public static final int MAX_SHARED = 64;

  /** More routes than this are not kept. */
  public static final int MAX_ROUTES = 64;

  /** Nothing is known. */
  public static final Dependencies NONE = new Dependencies(List.of(), List.of());

  public Dependencies {
    shared = shared.stream().sorted().distinct().limit(MAX_SHARED).toList();
    routes = routes.stream().limit(MAX_ROUTES).toList();
  }

  public boolean has(Dependency dependency) {
    return shared.contains(dependency);
  }
}
