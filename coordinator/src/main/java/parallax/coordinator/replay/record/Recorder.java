package parallax.coordinator.replay.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.config.observation.ObservationId;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;

/** Writes down what the core says. */
public final class Recorder {
  /** More observations of one incident are not named. */
  static final int MAX_EVIDENCE = 1_000;

  private final Instant start;
  private final Function<ObservationId, String> names;
  private final SortedMap<IncidentId, Kept> incidents = new TreeMap<>();
  private final SortedMap<String, List<StateChange>> states = new TreeMap<>();

  /**
   * A recorder with nothing on it.
   *
   * @param start the wall-clock time at which the scenario starts
   * @param names how observations are named in evidence
   */
  public Recorder(Instant start, Function<ObservationId, String> names) {
    this.start = start;
    this.names = names;
  }

  /** What became of one incident. */
  private static final class Kept {
    private final SortedSet<String> targets = new TreeSet<>();
    private final List<Label> labels = new ArrayList<>();
    private final SequencedSet<String> evidence = new LinkedHashSet<>();
    private Incident last;

    Kept(Incident first) {
      this.last = first;
    }
  }

  /** Notes the state of a target from now on. */
  public void state(long atMs, Verdict verdict) {
    List<StateChange> changes = changes(verdict.target().value());
    StateChange change = new StateChange(atMs, verdict.state());
    if (!changes.isEmpty() && changes.getLast().atMs() == atMs) {
      changes.removeLast();
    }
    if (changes.isEmpty() || changes.getLast().state() != verdict.state()) {
      changes.add(change);
    }
  }

  /** Notes what is held of a target of which nothing was said at the start. */
  public void unknownUntilSaid(String target) {
    List<StateChange> changes = changes(target);
    if (changes.isEmpty() || changes.getFirst().atMs() > 0) {
      changes.addFirst(new StateChange(0, TargetState.UNKNOWN));
    }
  }

  private List<StateChange> changes(String target) {
    return states.computeIfAbsent(target, _ -> new ArrayList<>());
  }

  /** Notes an incident as it is now. */
  public void incident(long atMs, Incident incident) {
    Kept kept = incidents.computeIfAbsent(incident.id(), _ -> new Kept(incident));
    kept.last = incident;
    incident.targets().forEach(target -> kept.targets.add(target.value()));
    if (incident.published().isEmpty()) {
      return;
    }
    Label label =
        new Label(
            atMs,
            incident.scope(),
            incident.regions().stream().map(region -> region.value()).toList(),
            incident.cause().layer(),
            incident.cause().culprit());
    if (kept.labels.isEmpty() || !kept.labels.getLast().saysTheSame(label)) {
      replaceSameMoment(kept.labels, label);
      addEvidence(kept.evidence, incident.votes());
    }
  }

  /** What was said and taken back at the same moment was never in force. */
  private static void replaceSameMoment(List<Label> labels, Label label) {
    if (!labels.isEmpty() && labels.getLast().atMs() == label.atMs()) {
      labels.removeLast();
    }
    if (labels.isEmpty() || !labels.getLast().saysTheSame(label)) {
      labels.add(label);
    }
  }

  /** The newest look of each region, one that failed before one that did not. */
  private void addEvidence(SequencedSet<String> evidence, List<Vote> votes) {
    SortedSet<Region> regions = new TreeSet<>();
    for (boolean failed : List.of(true, false)) {
      for (Vote vote : votes) {
        if (speaksAgainst(vote) == failed
            && evidence.size() < MAX_EVIDENCE
            && regions.add(vote.vantage().region())) {
          evidence.add(names.apply(vote.id()));
        }
      }
    }
  }

  private static boolean speaksAgainst(Vote vote) {
    return vote.ballot() == Vote.Ballot.FAILED || vote.ballot() == Vote.Ballot.NOTABLE;
  }

  /** Everything that was written down. */
  public Recording recording(long checksScheduled, long checksAsked) {
    List<RecordedIncident> published = new ArrayList<>();
    for (Map.Entry<IncidentId, Kept> entry : incidents.entrySet()) {
      Kept kept = entry.getValue();
      Incident last = kept.last;
      last.published()
          .ifPresent(
              at ->
                  published.add(
                      new RecordedIncident(
                          entry.getKey().value(),
                          last.subject(),
                          List.copyOf(kept.targets),
                          millis(last.opened()),
                          millis(at),
                          last.resolved()
                              .map(end -> OptionalLong.of(millis(end)))
                              .orElse(OptionalLong.empty()),
                          kept.labels,
                          List.copyOf(kept.evidence))));
    }
    published.sort(
        Comparator.comparingLong(RecordedIncident::publishedMs)
            .thenComparing(RecordedIncident::id));
    return new Recording(published, states, checksScheduled, checksAsked);
  }

  private long millis(Instant at) {
    return at.toEpochMilli() - start.toEpochMilli();
  }
}
