package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.policy.DecisionRules;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.silence.Silence;

/**
 * Everything readers see, as of one instant.
 *
 * @param targets sorted by name
 * @param open the open incidents
 * @param probes sorted by name
 * @param silences that are not over, as they are decided by
 * @param failing receivers at which nothing arrives, and when the oldest letter was planned that
 *     does not
 */
public record Snapshot(
    Instant at,
    Configuration configuration,
    List<TargetView> targets,
    List<Incident> open,
    List<ProbeView> probes,
    List<Silence> silences,
    SortedMap<String, Instant> failing) {

  public Snapshot {
    targets = List.copyOf(targets);
    open = List.copyOf(open);
    probes = List.copyOf(probes);
    silences = List.copyOf(silences);
    failing = Collections.unmodifiableSortedMap(new TreeMap<>(failing));
  }

  /** One in which every receiver is reached. */
  public Snapshot(
      Instant at,
      Configuration configuration,
      List<TargetView> targets,
      List<Incident> open,
      List<ProbeView> probes,
      List<Silence> silences) {
    this(at, configuration, targets, open, probes, silences, new TreeMap<>());
  }

  /** One without silences. */
  public Snapshot(
      Instant at,
      Configuration configuration,
      List<TargetView> targets,
      List<Incident> open,
      List<ProbeView> probes) {
    this(at, configuration, targets, open, probes, List.of());
  }

  /** Before anything is known. */
  public static Snapshot empty(Instant at) {
    Configuration nothing =
        new Configuration(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            DecisionRules.USUAL,
            Optional.empty(),
            "");
    return new Snapshot(at, nothing, List.of(), List.of(), List.of());
  }

  /** The same, a little later. */
  public Snapshot asOf(Instant later) {
    return new Snapshot(later, configuration, targets, open, probes, silences, failing);
  }

  /** The target of this name, if there is one. */
  public Optional<TargetView> target(TargetName name) {
    int found = position(name);
    return found >= 0 ? Optional.of(targets.get(found)) : Optional.empty();
  }

  /** The targets whose names come after {@code name}. */
  public List<TargetView> targetsAfter(TargetName name) {
    int found = position(name);
    return targets.subList(found >= 0 ? found + 1 : -found - 1, targets.size());
  }

  /** The silence that a target is under; of several the last to end. */
  public Optional<Silence> silence(Target target) {
    return silences.stream()
        .filter(silence -> silence.covers(at))
        .filter(silence -> silence.matches(target.name(), target.labels()))
        .max(Comparator.comparing(Silence::end));
  }

  /** Whether a probe is heard as often as the targets let one expect. */
  public boolean isHeard(ProbeView probe) {
    return isHeard(probe, heardSince());
  }

  /** The same, for one of many that are asked about. */
  public static boolean isHeard(ProbeView probe, Instant heardSince) {
    return !probe.lastHeard().isBefore(heardSince);
  }

  /** Since when a probe must have been heard that works; looks at every target. */
  public Instant heardSince() {
    Duration shortest =
        configuration.targets().stream()
            .map(Target::interval)
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return at.minus(RegionView.freshFor(shortest));
  }

  private int position(TargetName name) {
    int low = 0;
    int high = targets.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = targets.get(middle).target().name().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
