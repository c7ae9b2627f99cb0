package parallax.config.publicpage;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/**
 * Something that the public uses.
 *
 * @param name as the public knows it
 * @param targets that it consists of, by name
 * @param match labels of further targets that it consists of; empty: there are no further ones
 */
public record Service(
    String name,
    Optional<String> description,
    SortedSet<TargetName> targets,
    SortedMap<String, String> match) {

  public Service {
    targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
  }

  /** Whether it consists of this target, among others. */
  public boolean includes(Target target) {
    return targets.contains(target.name())
        || (!match.isEmpty() && target.labels().entrySet().containsAll(match.entrySet()));
  }
}
