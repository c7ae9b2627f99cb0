package parallax.coordinator.runbook;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.config.Configuration;
import parallax.config.runbook.Runbook;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;

/** Which runbooks are for an incident. Pure. */
public final class Fitting {
  private Fitting() {}

  /** Those for an incident, in the order in which they are written. */
  public static List<Runbook> of(Configuration configuration, Incident incident) {
    return configuration.runbooks().stream()
        .filter(runbook -> isFor(runbook, incident, configuration, _ -> true))
        .toList();
  }

  /**
   * Whether a runbook is for an incident.
   *
   * @param counts which of its targets are looked at
   */
  static boolean isFor(
      Runbook runbook, Incident incident, Configuration configuration, Predicate<Target> counts) {
    if (!fits(runbook.cause(), incident.cause())) {
      return false;
    }
    return incident.subject() == Incident.Subject.VANTAGE
        ? runbook.matches(NO_LABELS)
        : incident.targets().stream()
            .flatMap(name -> find(configuration.targets(), name).stream())
            .filter(target -> runbook.matches(target.labels()))
            .anyMatch(counts);
  }

  /**
   * The target of this name.
   *
   * @param sorted by name, as configurations are
   */
  private static Optional<Target> find(List<Target> sorted, TargetName name) {
    int low = 0;
    int high = sorted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = sorted.get(middle).name().compareTo(name);
      if (order == 0) {
        return Optional.of(sorted.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  private static final SortedMap<String, String> NO_LABELS =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  /** Whether it is for what broke first. */
  static boolean fits(Runbook.CauseMatch wanted, Cause cause) {
    return (wanted.layers().isEmpty()
            || cause.layer().filter(wanted.layers()::contains).isPresent())
        && (wanted.reasons().isEmpty() || wanted.reasons().contains(cause.finding().reason()))
        && (wanted.providers().isEmpty()
            || wanted.providers().stream().anyMatch(cause::isTroubleOf));
  }
}
