package parallax.coordinator.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.store.Store;

/** What a picture of an incident shows, from what the record holds of it. Pure. */
public final class IncidentScene {
  /** Verdicts of more targets than this are left out. */
  static final int MAX_TARGETS = 4;

  /** Receivers that were told later than these have no mark. */
  private static final int MAX_TOLD = 2;

  /** What is shown before and after, as a part of how long it lasted. */
  private static final int PART_AROUND = 5;

  private static final Duration LEAST_AROUND = Duration.ofMinutes(2);
  private static final Duration MOST_AROUND = Duration.ofHours(6);

  private IncidentScene() {}

  /**
   * From when to when a picture is, at {@code now}.
   *
   * @param from before the first sign
   * @param to not after {@code now}
   */
  public record Reach(Instant from, Instant to) {
    public static Reach of(Incident incident, Instant now) {
      Instant end = incident.resolved().filter(now::isAfter).orElse(now);
      Duration lasted = Duration.between(incident.onset(), end);
      Duration around = lasted.dividedBy(PART_AROUND);
      around = around.compareTo(LEAST_AROUND) < 0 ? LEAST_AROUND : around;
      around = around.compareTo(MOST_AROUND) > 0 ? MOST_AROUND : around;
      Instant last = end.plus(around);
      return new Reach(incident.onset().minus(around), last.isBefore(now) ? last : now);
    }

    public Duration length() {
      return Duration.between(from, to);
    }
  }

  /**
   * What the record holds.
   *
   * @param verdicts of each target that is shown, in order
   * @param sights what was seen of the first of them
   */
  public record Known(
      Incident incident, List<Entry> entries, List<Verdicts> verdicts, Optional<Sights> sights) {
    public Known {
      entries = List.copyOf(entries);
      verdicts = List.copyOf(verdicts);
    }
  }

  /** What a target was held to be. */
  public record Verdicts(TargetName target, List<Store.Interval> intervals) {
    public Verdicts {
      intervals = List.copyOf(intervals);
    }
  }

  /** How it is written. */
  public record Style(String headline, ZoneId zone, Vocabulary words) {}

  /** The targets whose verdicts are shown. */
  public static List<TargetName> targets(Incident incident) {
    return incident.targets().stream().limit(MAX_TARGETS).toList();
  }

  /** The picture. */
  public static Scene of(Known known, Reach reach, Style style) {
    List<Scene.Lane> lanes = new ArrayList<>();
    for (Verdicts each : known.verdicts()) {
      lanes.add(
          new Scene.Lane(style.words().verdict(each.target().value()), true, spans(each, reach)));
    }
    known.sights().ifPresent(sights -> lanes.addAll(regions(sights, reach)));
    return new Scene(
        style.headline(),
        reach.from(),
        reach.to(),
        style.zone(),
        style.words(),
        lanes,
        marks(known, style.words()));
  }

  private static List<Scene.Span> spans(Verdicts verdicts, Reach reach) {
    List<Scene.Span> spans = new ArrayList<>();
    for (Store.Interval each : verdicts.intervals()) {
      Instant until = each.until().filter(reach.to()::isAfter).orElse(reach.to());
      Instant from = each.from().isBefore(reach.from()) ? reach.from() : each.from();
      if (from.isBefore(until)) {
        spans.add(new Scene.Span(each.state(), from, until));
      }
    }
    return spans;
  }

  private static List<Scene.Lane> regions(Sights sights, Reach reach) {
    List<Scene.Lane> lanes = new ArrayList<>();
    for (Region region : sights.regions()) {
      List<Optional<TargetState>> states = sights.states(seen -> seen.region().equals(region));
      lanes.add(new Scene.Lane(region.value(), false, spans(sights, states, reach)));
    }
    return lanes;
  }

  /** Neighbours that say the same are one. */
  private static List<Scene.Span> spans(
      Sights sights, List<Optional<TargetState>> states, Reach reach) {
    List<Scene.Span> spans = new ArrayList<>();
    for (int index = 0; index < states.size(); index++) {
      Instant start = sights.from().plus(sights.step().multipliedBy(index));
      Instant end = start.plus(sights.step());
      if (states.get(index).isEmpty() || !end.isAfter(reach.from())) {
        continue;
      }
      TargetState state = states.get(index).get();
      boolean goesOn =
          !spans.isEmpty()
              && spans.getLast().state() == state
              && spans.getLast().to().equals(start);
      Instant first = goesOn ? spans.removeLast().from() : start;
      spans.add(new Scene.Span(state, first, end));
    }
    return spans;
  }

  private static List<Scene.Mark> marks(Known known, Vocabulary words) {
    Incident incident = known.incident();
    List<Scene.Mark> marks = new ArrayList<>();
    marks.add(new Scene.Mark(incident.onset(), words.onset()));
    incident.published().ifPresent(at -> marks.add(new Scene.Mark(at, words.confirmed())));
    if (incident.published().isEmpty()) {
      marks.add(new Scene.Mark(incident.opened(), words.opened()));
    }
    List<Scene.Mark> told = new ArrayList<>();
    for (Entry entry : known.entries()) {
      Instant at = entry.happened();
      switch (entry.what()) {
        case Happening.Told(String receiver, _, boolean arrived, _) when arrived ->
            told.add(new Scene.Mark(at, words.told(receiver)));
        case Happening.Acknowledged _ ->
            marks.add(new Scene.Mark(at, words.acknowledged(entry.who())));
        case Happening.Reopened _ -> marks.add(new Scene.Mark(at, words.reopened()));
        default -> {}
      }
    }
    marks.addAll(told.stream().limit(MAX_TOLD).toList());
    // Where there are more than can be shown, how it ended is not what is left out.
    List<Scene.Mark> first =
        marks.stream()
            .sorted(Comparator.comparing(Scene.Mark::at))
            .limit(Scene.MAX_MARKS - 1L)
            .toList();
    List<Scene.Mark> all = new ArrayList<>(first);
    incident.resolved().ifPresent(at -> all.add(new Scene.Mark(at, words.over())));
    all.sort(Comparator.comparing(Scene.Mark::at));
    return all;
  }
}
