package parallax.coordinator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Sessions;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.notebook.Differences;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.silence.Silence;

/** The record in memory, for tests of what stands on the port. Keeps the same contract. */
public final class InMemoryStore implements Store {
  private static final Duration AROUND_INCIDENTS = KEPT_AROUND_INCIDENTS;

  private final TreeMap<TargetName, List<Interval>> intervals = new TreeMap<>();
  private final TreeMap<IncidentId, Incident> incidents = new TreeMap<>();
  private final List<Done> done = new ArrayList<>();
  private final Map<ObservationId, Evidence> evidence = new LinkedHashMap<>();

  private final InMemoryPeople people = new InMemoryPeople(this::incident, this::audit);

  private final InMemoryRuns runs = new InMemoryRuns(this::incident, this::epochs, people, this);
  private final InMemoryReports reports = new InMemoryReports();
  private final InMemorySessions sessions = new InMemorySessions();
  private final InMemoryNotices notices = new InMemoryNotices(people);
  private long epochs;

  private synchronized long epochs() {
    return epochs;
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Reports reports() {
    return reports;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public synchronized Epoch takeOver() {
    epochs++;
    notices.release();
    return new Epoch(epochs);
  }

  @Override
  public synchronized Recorded record(Epoch epoch, List<Effect> effects, Instant at) {
    if (epoch.number() < epochs) {
      return new Recorded.Outdated(new Epoch(epochs));
    }
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.VerdictChanged(Verdict verdict) -> begin(verdict, at);
        case Effect.TargetForgotten(TargetName target) -> end(target, at);
        case Effect.IncidentChanged(Incident incident) -> {
          for (Differences.Dated dated :
              Differences.between(incident(incident.id()), incident, at)) {
            people.write(incident.id(), dated.at(), Entry.CORE, dated.what());
          }
          incidents.put(incident.id(), incident);
        }
        case Effect.Tell(Notice notice) -> notices.plan(notice, at);
        case Effect.AskAgain _ -> {}
      }
    }
    return new Recorded.Written();
  }

  private void begin(Verdict verdict, Instant at) {
    List<Interval> known = intervals.computeIfAbsent(verdict.target(), _ -> new ArrayList<>());
    boolean goesOn =
        !known.isEmpty()
            && known.getLast().until().isEmpty()
            && known.getLast().state() == verdict.state()
            && !known.getLast().from().isBefore(verdict.since());
    Instant from = goesOn ? at : verdict.since();
    if (!known.isEmpty() && known.getLast().from().equals(from)) {
      known.removeLast();
    }
    if (!known.isEmpty() && known.getLast().until().isEmpty()) {
      known.add(until(known.removeLast(), from));
    }
    known.add(
        new Interval(
            verdict.target(),
            verdict.state(),
            verdict.scope(),
            verdict.cause(),
            from,
            Optional.empty()));
  }

  private void end(TargetName target, Instant at) {
    List<Interval> known = intervals.getOrDefault(target, new ArrayList<>());
    if (!known.isEmpty() && known.getLast().until().isEmpty()) {
      known.add(until(known.removeLast(), at));
    }
  }

  private static Interval until(Interval interval, Instant at) {
    return new Interval(
        interval.target(),
        interval.state(),
        interval.scope(),
        interval.cause(),
        interval.from(),
        Optional.of(at));
  }

  @Override
  public synchronized void append(List<Evidence> added) {
    added.forEach(each -> evidence.putIfAbsent(each.observation().id(), each));
  }

  @Override
  public synchronized Remembered remembered() {
    return new Remembered(
        intervals.values().stream()
            .filter(known -> known.getLast().until().isEmpty())
            .map(known -> new Held(known.getLast(), since(known)))
            .toList(),
        incidents.values().stream().filter(Incident::isOpen).toList(),
        notices.all().filter(each -> isOpen(each.incident().id())).toList(),
        incidents.values().stream()
            .map(Incident::opened)
            .max(Instant::compareTo)
            .orElse(Instant.MIN));
  }

  private boolean isOpen(IncidentId id) {
    return incidents.containsKey(id) && incidents.get(id).isOpen();
  }

  private static Instant since(List<Interval> known) {
    Interval first = known.getLast();
    for (Interval before : known.reversed()) {
      boolean leadsHere =
          before.equals(first)
              || (before.state() == first.state()
                  && before.until().equals(Optional.of(first.from())));
      if (!leadsHere) {
        return first.from();
      }
      first = before;
    }
    return first.from();
  }

  @Override
  public synchronized List<Interval> intervals(TargetName target, Instant from, Instant to) {
    return intervals.getOrDefault(target, List.of()).stream()
        .filter(each -> each.from().isBefore(to))
        .filter(each -> each.until().map(from::isBefore).orElse(true))
        .toList();
  }

  @Override
  public synchronized Page<Incident> incidents(
      Optional<Boolean> open, Optional<String> cursor, int limit) {
    List<Incident> all =
        incidents.values().stream()
            .filter(incident -> open.map(wanted -> wanted == incident.isOpen()).orElse(true))
            .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::id).reversed())
            .toList();
    return page(all, incident -> incident.id().value(), cursor, limit);
  }

  @Override
  public synchronized Optional<Incident> incident(IncidentId id) {
    return Optional.ofNullable(incidents.get(id));
  }

  @Override
  public synchronized List<Delivery> deliveries(IncidentId id) {
    return notices.of(id);
  }

  @Override
  public synchronized Page<Evidence> evidence(
      TargetName target, Instant from, Instant to, Optional<String> cursor, int limit) {
    List<Evidence> all =
        evidence.values().stream()
            .filter(each -> each.observation().target().equals(target))
            .filter(each -> !each.received().isBefore(from) && each.received().isBefore(to))
            .sorted(Comparator.comparing(Evidence::received).reversed())
            .toList();
    return page(all, each -> each.observation().id().toString(), cursor, limit);
  }

  @Override
  public synchronized void took(TargetName target, Instant from, Instant to, Look look) {
    evidence.values().stream()
        .filter(each -> each.observation().target().equals(target))
        .filter(each -> !each.received().isBefore(from) && each.received().isBefore(to))
        .map(Evidence::observation)
        .filter(
            seen ->
                switch (seen.outcome()) {
                  case Outcome.Up _, Outcome.Degraded _ -> true;
                  case Outcome.Down _, Outcome.Inconclusive _ -> false;
                })
        .forEach(seen -> look.took(seen.check(), seen.duration()));
  }

  @Override
  public synchronized Optional<Evidence> evidence(ObservationId id) {
    return evidence.values().stream()
        .filter(each -> each.observation().id().equals(id))
        .findFirst();
  }

  /** The items behind the one whose key was handed out as the cursor. */
  private static <T> Page<T> page(
      List<T> all, Function<T, String> key, Optional<String> cursor, int limit) {
    List<String> keys = all.stream().map(key).toList();
    int from = cursor.map(keys::indexOf).orElse(-1) + 1;
    if (cursor.isPresent() && from == 0) {
      throw new IllegalArgumentException("not a cursor of this list");
    }
    int to = Math.min(all.size(), from + Math.clamp(limit, 1, MAX_PAGE));
    boolean more = to < all.size();
    return new Page<>(
        all.subList(from, to), more ? Optional.of(keys.get(to - 1)) : Optional.empty());
  }

  @Override
  public synchronized List<Delivery> claim(Instant now, Duration lease, Room room) {
    return notices.claim(now, lease, room);
  }

  @Override
  public synchronized void delivered(String key, Instant at, Optional<String> thread) {
    notices.delivered(key, at, thread);
  }

  @Override
  public synchronized void failed(
      Attempt attempt, String why, Instant at, Optional<Instant> retry) {
    notices.failed(attempt, why, at, retry);
  }

  @Override
  public synchronized Noted note(IncidentId incident, String who, Happening.Deed deed, Instant at) {
    return people.note(incident, who, deed, at);
  }

  @Override
  public synchronized List<Entry> notebook(IncidentId incident) {
    return people.notebook(incident);
  }

  @Override
  public synchronized List<Entry> notebookAfter(long sequence, int limit) {
    return people.notebookAfter(sequence, limit);
  }

  @Override
  public synchronized long notebookEnd() {
    return people.notebookEnd();
  }

  @Override
  public synchronized boolean silence(Silence silence) {
    return people.silence(silence);
  }

  @Override
  public synchronized Optional<Silence> endSilence(String id, String who, Instant at) {
    return people.endSilence(id, who, at);
  }

  @Override
  public synchronized List<Silence> silences(Instant at) {
    return people.silences(at);
  }

  @Override
  public synchronized boolean heard(Heard heard) {
    return people.heard(heard);
  }

  @Override
  public synchronized List<Heard> heartbeats() {
    return people.heartbeats();
  }

  @Override
  public synchronized void audit(AuditEntry entry, Instant at) {
    done.add(new Done(entry, at));
  }

  @Override
  public synchronized boolean isAudited(String action, String detail, Instant since) {
    return done.stream()
        .anyMatch(
            one ->
                one.entry().action().equals(action)
                    && one.entry().detail().equals(detail)
                    && !one.at().isBefore(since));
  }

  @Override
  public synchronized Page<AuditEntry.Row> audited(
      AuditEntry.Filter filter, Optional<String> cursor, int limit) {
    int before = cursor.map(Integer::parseInt).orElse(done.size() + 1);
    List<AuditEntry.Row> rows = new ArrayList<>();
    for (int number = Math.min(before - 1, done.size()); number > 0; number--) {
      Done one = done.get(number - 1);
      if (holds(one.entry().who(), filter.who())
          && (holds(one.entry().action(), filter.what())
              || holds(one.entry().detail(), filter.what()))) {
        rows.add(new AuditEntry.Row(number, one.at(), one.entry(), AuditTrail.BEGINNING));
      }
    }
    List<AuditEntry.Row> items = rows.subList(0, Math.min(limit, rows.size()));
    return new Page<>(
        items, rows.size() > limit ? Optional.of("" + items.getLast().number()) : Optional.empty());
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  @Override
  public synchronized Optional<AuditTrail> auditTrail(long most) {
    return done.size() > most
        ? Optional.empty()
        : Optional.of(new AuditTrail.Unbroken(done.size(), AuditTrail.BEGINNING));
  }

  private record Done(AuditEntry entry, Instant at) {}

  @Override
  public synchronized Optional<Instant> receivedBeforeNewest(long rows) {
    return evidence.values().stream()
        .map(Evidence::received)
        .sorted(Comparator.reverseOrder())
        .skip(rows)
        .findFirst();
  }

  @Override
  public synchronized int prune(Instant before, int limit) {
    List<ObservationId> gone =
        evidence.values().stream()
            .filter(each -> each.received().isBefore(before) && !isAroundIncident(each))
            .sorted(Comparator.comparing(Evidence::received))
            .limit(limit)
            .map(each -> each.observation().id())
            .toList();
    gone.forEach(evidence::remove);
    return gone.size();
  }

  private boolean isAroundIncident(Evidence each) {
    return incidents.values().stream()
        .filter(incident -> incident.targets().contains(each.observation().target()))
        .anyMatch(
            incident ->
                !each.received().isBefore(incident.onset().minus(AROUND_INCIDENTS))
                    && incident
                        .resolved()
                        .map(end -> !each.received().isAfter(end.plus(AROUND_INCIDENTS)))
                        .orElse(true));
  }

  @Override
  public void close() {}
}
