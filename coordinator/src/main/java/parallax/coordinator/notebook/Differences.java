package parallax.coordinator.notebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;

/** What is to be written down when an incident is recorded. */
public final class Differences {
  private Differences() {}

  /** Something that happened, and when. */
  public record Dated(Instant at, Happening what) {}

  /**
   * What happened since the incident was recorded last, in the order of its course.
   *
   * @param before as it stands in the record; empty when it is new
   * @param at when it is recorded
   */
  public static List<Dated> between(Optional<Incident> before, Incident after, Instant at) {
    List<Dated> dated = new ArrayList<>();
    if (before.isEmpty()) {
      Happening opened = new Happening.Opened(Reading.of(after), after.targets().size());
      dated.add(new Dated(after.opened(), opened));
    }
    int timesBefore = before.map(Incident::reopened).orElse(0);
    if (after.reopened() > timesBefore) {
      dated.add(new Dated(at, new Happening.Reopened(after.reopened())));
    }
    before.ifPresent(known -> dated.addAll(changes(known, after, at)));
    if (before.flatMap(Incident::published).isEmpty()) {
      after.published().ifPresent(told -> dated.add(new Dated(told, new Happening.Published())));
    }
    boolean wasOpen = before.map(Incident::isOpen).orElse(true);
    if (wasOpen || after.reopened() > timesBefore) {
      after.resolved().ifPresent(end -> dated.add(new Dated(end, new Happening.Resolved())));
    }
    return List.copyOf(dated);
  }

  private static List<Dated> changes(Incident before, Incident after, Instant at) {
    List<Dated> dated = new ArrayList<>();
    TreeSet<TargetName> joined = new TreeSet<>(after.targets());
    before.targets().forEach(joined::remove);
    if (!joined.isEmpty()) {
      dated.add(new Dated(at, new Happening.Joined(List.copyOf(joined), joined.size())));
    }
    Reading was = Reading.of(before);
    Reading is = Reading.of(after);
    if (!was.saysTheSameAs(is)) {
      dated.add(new Dated(at, new Happening.Changed(was, is)));
    }
    return dated;
  }
}
