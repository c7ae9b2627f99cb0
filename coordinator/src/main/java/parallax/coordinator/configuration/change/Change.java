package parallax.coordinator.configuration.change;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/**
 * What is different in one configuration from another. A target that goes while one of the same URL
 * comes is the same target by another name: each is taken for one rename at most, in the order of
 * names.
 *
 * @param before of which it is a change
 * @param after what it leads to
 * @param removed sorted by name
 * @param added sorted by name
 * @param changed sorted by the name before
 * @param receivers that came, went or are reached otherwise
 * @param settings what else is written otherwise, by the key of the file: {@code routes}, {@code
 *     rules}, …
 */
public record Change(
    Configuration before,
    Configuration after,
    List<Target> removed,
    List<Target> added,
    List<TargetChange> changed,
    List<FieldChange> receivers,
    List<FieldChange> settings) {

  public Change {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    receivers = List.copyOf(receivers);
    settings = List.copyOf(settings);
  }

  public static Change between(Configuration before, Configuration after) {
    Map<TargetName, Target> gone = byName(before.targets());
    Map<TargetName, Target> come = byName(after.targets());
    List<TargetChange> changed = new ArrayList<>();
    for (Target old : before.targets()) {
      Optional<Target> same = Optional.ofNullable(come.get(old.name()));
      same.ifPresent(
          now -> {
            gone.remove(old.name());
            come.remove(old.name());
            add(changed, new Sides(before, after), old, now);
          });
    }
    for (Map.Entry<Target, Target> rename : renames(gone, come).entrySet()) {
      gone.remove(rename.getKey().name());
      come.remove(rename.getValue().name());
      add(changed, new Sides(before, after), rename.getKey(), rename.getValue());
    }
    changed.sort((one, other) -> one.before().name().compareTo(other.before().name()));
    return new Change(
        before,
        after,
        List.copyOf(gone.values()),
        List.copyOf(come.values()),
        changed,
        Differences.receivers(before, after),
        Differences.settings(before, after));
  }

  /** Whether both say the same. */
  public boolean isEmpty() {
    return removed.isEmpty()
        && added.isEmpty()
        && changed.isEmpty()
        && receivers.isEmpty()
        && settings.isEmpty();
  }

  /** Targets of which somebody was told and nobody would be, though they stay. */
  public List<Target> silenced() {
    return changed.stream()
        .filter(
            change ->
                !before.receiversFor(change.before()).isEmpty()
                    && after.receiversFor(change.after()).isEmpty())
        .map(TargetChange::after)
        .toList();
  }

  /** The configurations that two targets stand in. */
  private record Sides(Configuration before, Configuration after) {}

  private static void add(List<TargetChange> changed, Sides sides, Target old, Target now) {
    List<FieldChange> fields = new ArrayList<>(Differences.target(old, now));
    String told = names(sides.before().receiversFor(old));
    String tell = names(sides.after().receiversFor(now));
    if (!told.equals(tell)) {
      fields.add(new FieldChange("told", told, tell));
    }
    if (!fields.isEmpty()) {
      changed.add(new TargetChange(old, now, fields));
    }
  }

  private static Map<Target, Target> renames(
      Map<TargetName, Target> gone, Map<TargetName, Target> come) {
    Map<URI, Deque<Target>> homeless = new LinkedHashMap<>();
    for (Target target : come.values()) {
      target
          .url()
          .ifPresent(url -> homeless.computeIfAbsent(url, _ -> new ArrayDeque<>()).addLast(target));
    }
    Map<Target, Target> renames = new LinkedHashMap<>();
    for (Target target : gone.values()) {
      target
          .url()
          .flatMap(url -> Optional.ofNullable(homeless.get(url)))
          .flatMap(others -> Optional.ofNullable(others.pollFirst()))
          .ifPresent(other -> renames.put(target, other));
    }
    return renames;
  }

  private static Map<TargetName, Target> byName(List<Target> targets) {
    Map<TargetName, Target> byName = new TreeMap<>();
    targets.forEach(target -> byName.put(target.name(), target));
    return byName;
  }

  static String names(List<Receiver> receivers) {
    return String.join(", ", receivers.stream().map(Receiver::name).toList());
  }
}
