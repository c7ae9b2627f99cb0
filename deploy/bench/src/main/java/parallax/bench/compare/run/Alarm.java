package parallax.bench.compare.run;

import java.util.ArrayList;
import java.util.List;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Scope;

/**
 * Trouble that a listener found. All times are milliseconds of virtual time, or {@link #NEVER}.
 *
 * @param targets those that are hit; empty for trouble on the measuring side
 * @param published when people would have been told
 * @param labels what was held of it, oldest first, at least one
 */
public record Alarm(
    List<Integer> targets, long opened, long published, long resolved, List<Label> labels) {
  /** What has not happened. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What is held of an alarm from some time on. */
  public record Label(long since, Scope scope, List<Region> regions, String culprit) {
    boolean saysTheSameAs(Label other) {
      return scope == other.scope && regions.equals(other.regions) && culprit.equals(other.culprit);
    }
  }

  public Alarm {
    targets = List.copyOf(targets);
    labels = List.copyOf(labels);
  }

  public boolean isPublished() {
    return published != NEVER;
  }

  /** What is held in the end. */
  public Label last() {
    return labels.getLast();
  }

  /** What was held at {@code time}; before the opening what was held first. */
  public Label at(long time) {
    Label held = labels.getFirst();
    for (Label label : labels) {
      if (label.since() <= time) {
        held = label;
      }
    }
    return held;
  }

  /** Whether this was ever said to be so. */
  public boolean everClaimed(Scope scope) {
    return labels.stream().anyMatch(label -> label.scope() == scope);
  }

  /** This alarm as {@code newer} has it, with what was held before. */
  Alarm followedBy(Alarm newer) {
    List<Label> all = new ArrayList<>(labels);
    if (!last().saysTheSameAs(newer.last())) {
      all.add(newer.last());
    }
    return new Alarm(newer.targets, newer.opened, newer.published, newer.resolved, all);
  }
}
