package parallax.coordinator.runbook;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.config.Configuration;
import parallax.config.runbook.Runbook;
import parallax.config.target.Target;
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
        : configuration.targets().stream()
            .filter(target -> runbook.matches(target.labels()))
            .filter(target -> isAmong(target, incident))
            .anyMatch(counts);
  }

  /** Targets of incidents are sorted. */
  private static boolean isAmong(Target target, Incident incident) {
    return Collections.binarySearch(incident.targets(), target.name()) >= 0;
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
