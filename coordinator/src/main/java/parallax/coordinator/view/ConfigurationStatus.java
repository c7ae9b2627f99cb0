package parallax.coordinator.view;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.Configuration;
import parallax.config.problem.Problem;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.configuration.change.Change;

/**
 * Which configuration is in force, and whether the newest edit could be taken.
 *
 * @param loadedAt when it came into force
 * @param reloadedAt when users' files were read last
 * @param problems of the newest edit, which is not in force when there are any
 * @param source the commit in force, where the configuration comes from git
 * @param change what it changed of the one that was in force before; empty for the first since the
 *     start
 * @param waiting what would change if what waits for an approval came into force
 */
public record ConfigurationStatus(
    Configuration configuration,
    Instant loadedAt,
    Instant reloadedAt,
    List<Problem> problems,
    Optional<SourceRevision> source,
    Optional<Change> change,
    Optional<Change> waiting) {

  public ConfigurationStatus {
    problems = List.copyOf(problems);
  }

  /** The first since the start, or one of which nothing else is known. */
  public ConfigurationStatus(
      Configuration configuration,
      Instant loadedAt,
      Instant reloadedAt,
      List<Problem> problems,
      Optional<SourceRevision> source) {
    this(configuration, loadedAt, reloadedAt, problems, source, Optional.empty(), Optional.empty());
  }

  /** Of files on a disk. */
  public ConfigurationStatus(
      Configuration configuration, Instant loadedAt, Instant reloadedAt, List<Problem> problems) {
    this(configuration, loadedAt, reloadedAt, problems, Optional.empty());
  }

  /** The same after this one, which came into force at {@code at}. */
  public ConfigurationStatus followedBy(
      Configuration next, Optional<SourceRevision> nextSource, Instant at) {
    Change made = Change.between(configuration, next);
    return new ConfigurationStatus(
        next,
        at,
        at,
        List.of(),
        nextSource,
        // What is only read again, or told of anew, is no change.
        made.isEmpty() ? change : Optional.of(made),
        Optional.empty());
  }

  /**
   * The same when an edit was not taken at {@code at}.
   *
   * @param held what it would change, when it only waits
   */
  public ConfigurationStatus refusing(List<Problem> why, Optional<Change> held, Instant at) {
    return new ConfigurationStatus(configuration, loadedAt, at, why, source, change, held);
  }

  /** What tells it apart: the commit, or the digest of its files. */
  public String commit() {
    return source.map(SourceRevision::commit).orElse(configuration.revision());
  }

  /** Whether what users wrote last is what is in force. */
  public boolean isCurrent() {
    return problems.isEmpty();
  }

  /** The targets that an earlier one does not have. */
  public List<TargetName> addedTo(ConfigurationStatus earlier) {
    Set<TargetName> known = new HashSet<>();
    earlier.configuration().targets().forEach(target -> known.add(target.name()));
    return configuration.targets().stream()
        .map(Target::name)
        .filter(name -> !known.contains(name))
        .toList();
  }
}
