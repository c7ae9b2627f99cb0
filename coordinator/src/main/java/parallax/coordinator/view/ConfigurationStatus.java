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

/**
 * Which configuration is in force, and whether the newest edit could be taken.
 *
 * @param loadedAt when it came into force
 * @param reloadedAt when users' files were read last
 * @param problems of the newest edit, which is not in force when there are any
 * @param source the commit in force, where the configuration comes from git
 */
public record ConfigurationStatus(
    Configuration configuration,
    Instant loadedAt,
    Instant reloadedAt,
    List<Problem> problems,
    Optional<SourceRevision> source) {

  public ConfigurationStatus {
    problems = List.copyOf(problems);
  }

  /** Of files on a disk. */
  public ConfigurationStatus(
      Configuration configuration, Instant loadedAt, Instant reloadedAt, List<Problem> problems) {
    this(configuration, loadedAt, reloadedAt, problems, Optional.empty());
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
