package parallax.coordinator.core.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.watch.Dependency;

/**
 * All incidents that are followed, by identity. Those of one target, of which there may be
 * thousands, are found by what the target stands on as well. Immutable.
 */
public final class Cases {
  public static final Cases NONE =
      new Cases(SortedTree.empty(), SortedTree.empty(), SortedTree.empty());

  private final SortedTree<IncidentId, Case> all;
  private final SortedTree<Dependency, SortedTree<IncidentId, IncidentId>> alone;

  /** Those with no member, or more than one. */
  private final SortedTree<IncidentId, IncidentId> several;

  private Cases(
      SortedTree<IncidentId, Case> all,
      SortedTree<Dependency, SortedTree<IncidentId, IncidentId>> alone,
      SortedTree<IncidentId, IncidentId> several) {
    this.all = all;
    this.alone = alone;
    this.several = several;
  }

  public int size() {
    return all.size();
  }

  public Optional<Case> get(IncidentId id) {
    return all.get(id);
  }

  public boolean contains(IncidentId id) {
    return all.contains(id);
  }

  /** In the order of their identities. */
  public List<Case> values() {
    return all.values();
  }

  /** With a case in the place of what had its identity. */
  public Cases with(Case known) {
    Optional<Case> before = all.get(known.id());
    SortedTree<IncidentId, Case> after = all.with(known.id(), known);
    if (before.filter(was -> isFoundAlike(was, known)).isPresent()) {
      return new Cases(after, alone, several);
    }
    Cases without = before.map(was -> without(was.id())).orElse(this);
    if (known.members().size() != 1) {
      return new Cases(after, without.alone, without.several.with(known.id(), known.id()));
    }
    SortedTree<Dependency, SortedTree<IncidentId, IncidentId>> found = without.alone;
    for (Dependency dependency : only(known).dependencies()) {
      found = found.with(dependency, of(found, dependency).with(known.id(), known.id()));
    }
    return new Cases(after, found, without.several);
  }

  public Cases without(IncidentId id) {
    Optional<Case> known = all.get(id);
    if (known.isEmpty()) {
      return this;
    }
    if (known.get().members().size() != 1) {
      return new Cases(all.without(id), alone, several.without(id));
    }
    SortedTree<Dependency, SortedTree<IncidentId, IncidentId>> found = alone;
    for (Dependency dependency : only(known.get()).dependencies()) {
      SortedTree<IncidentId, IncidentId> left = of(found, dependency).without(id);
      found = left.isEmpty() ? found.without(dependency) : found.with(dependency, left);
    }
    return new Cases(all.without(id), found, several);
  }

  /** Every case with a member that stands on it, and perhaps more. */
  public List<Case> mayHave(Dependency dependency) {
    List<Case> cases = new ArrayList<>();
    for (IncidentId id : of(alone, dependency).values()) {
      all.get(id).ifPresent(cases::add);
    }
    for (IncidentId id : several.values()) {
      all.get(id).ifPresent(cases::add);
    }
    return cases;
  }

  private static boolean isFoundAlike(Case one, Case other) {
    boolean single = one.members().size() == 1;
    boolean alike = single == (other.members().size() == 1);
    return alike && (!single || only(one).dependencies().equals(only(other).dependencies()));
  }

  private static Member only(Case known) {
    return known.members().values().getFirst();
  }

  private static SortedTree<IncidentId, IncidentId> of(
      SortedTree<Dependency, SortedTree<IncidentId, IncidentId>> all, Dependency dependency) {
    return all.get(dependency).orElseGet(SortedTree::empty);
  }
}
