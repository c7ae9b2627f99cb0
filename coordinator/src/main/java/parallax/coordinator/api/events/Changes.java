package parallax.coordinator.api.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;

/**
 * What readers are told of that came about between two snapshots; a verdict that only rests on
 * other looks now is no change.
 *
 * @param verdicts sorted by target
 * @param incidents that are new, or are read otherwise than before
 * @param ended incidents that are not open any more
 */
record Changes(List<OfTarget> verdicts, List<Incident> incidents, List<IncidentId> ended) {
  Changes {
    verdicts = List.copyOf(verdicts);
    incidents = List.copyOf(incidents);
    ended = List.copyOf(ended);
  }

  /**
   * A target and what is held of it.
   *
   * @param verdict empty: it is not configured any more
   */
  record OfTarget(TargetName target, Optional<Verdict> verdict) {}

  boolean isEmpty() {
    return verdicts.isEmpty() && incidents.isEmpty() && ended.isEmpty();
  }

  static Changes between(Snapshot before, Snapshot after) {
    List<Incident> changed = new ArrayList<>();
    List<IncidentId> ended = new ArrayList<>();
    if (!isIdentical(before.open(), after.open())) {
      Map<IncidentId, Incident> known = new HashMap<>();
      before.open().forEach(incident -> known.put(incident.id(), incident));
      for (Incident incident : after.open()) {
        Optional<Incident> was = Optional.ofNullable(known.remove(incident.id()));
        if (was.filter(earlier -> isSame(earlier, incident)).isEmpty()) {
          changed.add(incident);
        }
      }
      known.keySet().stream().sorted().forEach(ended::add);
    }
    return new Changes(verdicts(before.targets(), after.targets()), changed, ended);
  }

  /** Both lists are sorted by name. */
  private static List<OfTarget> verdicts(List<TargetView> before, List<TargetView> after) {
    List<OfTarget> changed = new ArrayList<>();
    if (isIdentical(before, after)) {
      return changed;
    }
    int old = 0;
    for (TargetView view : after) {
      TargetName name = view.target().name();
      while (old < before.size() && before.get(old).target().name().compareTo(name) < 0) {
        changed.add(new OfTarget(before.get(old).target().name(), Optional.empty()));
        old++;
      }
      boolean known = old < before.size() && before.get(old).target().name().equals(name);
      if (!known || !isSame(before.get(old).verdict(), view.verdict())) {
        changed.add(new OfTarget(name, Optional.of(view.verdict())));
      }
      old += known ? 1 : 0;
    }
    before.subList(old, before.size()).stream()
        .map(view -> new OfTarget(view.target().name(), Optional.empty()))
        .forEach(changed::add);
    return changed;
  }

  /** Saves comparing what was not touched, which is nearly all. */
  @SuppressWarnings("ReferenceEquality") // The same object again is the quick way, not the test.
  private static boolean isIdentical(Object one, Object other) {
    return one == other;
  }

  private static boolean isSame(Verdict one, Verdict other) {
    return isIdentical(one, other)
        || (one.state() == other.state()
            && one.scope().equals(other.scope())
            && one.regions().equals(other.regions())
            && one.since().equals(other.since())
            && one.cause().equals(other.cause()));
  }

  private static boolean isSame(Incident one, Incident other) {
    return isIdentical(one, other)
        || (one.scope() == other.scope()
            && one.reopened() == other.reopened()
            && one.targets().equals(other.targets())
            && one.regions().equals(other.regions())
            && one.published().equals(other.published())
            && one.cause().equals(other.cause()));
  }
}
