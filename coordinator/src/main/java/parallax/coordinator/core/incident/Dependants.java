package parallax.coordinator.core.incident;

import java.util.List;
import parallax.config.target.TargetName;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.watch.Dependency;

/** Who stands on what. Immutable. */
public final class Dependants {
  public static final Dependants NONE = new Dependants(SortedTree.empty(), 0);

  private final SortedTree<Dependency, SortedTree<TargetName, TargetName>> dependants;
  private final int targets;

  private Dependants(
      SortedTree<Dependency, SortedTree<TargetName, TargetName>> dependants, int targets) {
    this.dependants = dependants;
    this.targets = targets;
  }

  /** With a target that was not there. */
  public Dependants with(TargetName target, List<Dependency> dependencies) {
    SortedTree<Dependency, SortedTree<TargetName, TargetName>> changed = dependants;
    for (Dependency dependency : dependencies) {
      changed = changed.with(dependency, of(changed, dependency).with(target, target));
    }
    return new Dependants(changed, targets + 1);
  }

  /** Without a target that was there, with these dependencies. */
  public Dependants without(TargetName target, List<Dependency> dependencies) {
    SortedTree<Dependency, SortedTree<TargetName, TargetName>> changed = dependants;
    for (Dependency dependency : dependencies) {
      SortedTree<TargetName, TargetName> left = of(changed, dependency).without(target);
      changed = left.isEmpty() ? changed.without(dependency) : changed.with(dependency, left);
    }
    return new Dependants(changed, targets - 1);
  }

  private static SortedTree<TargetName, TargetName> of(
      SortedTree<Dependency, SortedTree<TargetName, TargetName>> all, Dependency dependency) {
    return all.get(dependency).orElseGet(SortedTree::empty);
  }

  /** How many targets stand on it. */
  public int count(Dependency dependency) {
    return of(dependants, dependency).size();
  }

  /** Some of those who stand on it, by name. */
  public List<TargetName> some(Dependency dependency, int most) {
    return of(dependants, dependency).firstValues(most);
  }

  /** How many targets there are. */
  public int targets() {
    return targets;
  }
}
