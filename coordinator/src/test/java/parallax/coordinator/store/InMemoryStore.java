package parallax.coordinator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import parallax.config.observation.ObservationId;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Verdict;

/** The record in memory, for tests of what stands on the port. Keeps the same contract. */
public final class InMemoryStore implements Store {
  private static final Duration AROUND_INCIDENTS = KEPT_AROUND_INCIDENTS;

  private final TreeMap<TargetName, List<Interval>> intervals = new TreeMap<>();
  private final TreeMap<IncidentId, Incident> incidents = new TreeMap<>();
  private final Map<String, Planned> notices = new LinkedHashMap<>();
  private final List<Done> done = new ArrayList<>();
  private final Map<ObservationId, Evidence> evidence = new LinkedHashMap<>();

  private long epochs;

  private record Planned(Delivery delivery, Instant notBefore) {
    boolean isSettled() {
      return delivery.delivered().isPresent() || delivery.givenUp();
    }
  }

  @Override
  public synchronized Epoch takeOver() {
    epochs++;
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
        case Effect.IncidentChanged(Incident incident) -> incidents.put(incident.id(), incident);
        case Effect.Tell(Notice notice) -> plan(notice, at);
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

  private void plan(Notice notice, Instant at) {
    for (String receiver : notice.receivers()) {
      Delivery delivery =
          new Delivery(
              notice.key(receiver),
              notice.kind(),
              receiver,
              notice.incident(),
              at,
              0,
              Optional.empty(),
              Optional.empty(),
              false);
      notices.putIfAbsent(delivery.key(), new Planned(delivery, at));
    }
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
        incidents.values().stream()
            .map(Incident::opened)
            .max(Instant::compareTo)
            .orElse(Instant.MIN));
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
    return notices.values().stream()
        .map(Planned::delivery)
        .filter(delivery -> delivery.incident().id().equals(id))
        .toList();
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
    Map<String, Integer> taken = new TreeMap<>(room.taken());
    List<Delivery> claimed = new ArrayList<>();
    for (Planned planned : due(now, room)) {
      Delivery delivery = planned.delivery();
      if (taken.merge(delivery.receiver(), 1, Integer::sum) <= room.each()) {
        notices.put(delivery.key(), new Planned(delivery.attempted(), now.plus(lease)));
        claimed.add(delivery.attempted());
      }
    }
    return claimed;
  }

  private List<Planned> due(Instant now, Room room) {
    return notices.values().stream()
        .filter(planned -> !planned.isSettled() && !planned.notBefore().isAfter(now))
        .filter(planned -> earlier(planned).allMatch(Planned::isSettled))
        .filter(planned -> !room.full().contains(planned.delivery().receiver()))
        .limit(room.free())
        .toList();
  }

  /** What the same receiver is to be told of the same incident before. */
  private Stream<Planned> earlier(Planned planned) {
    return notices.values().stream()
        .takeWhile(other -> !other.equals(planned))
        .filter(other -> other.delivery().receiver().equals(planned.delivery().receiver()))
        .filter(
            other -> other.delivery().incident().id().equals(planned.delivery().incident().id()));
  }

  @Override
  public synchronized void delivered(String key, Instant at) {
    notices.computeIfPresent(
        key, (_, planned) -> new Planned(told(planned.delivery(), at), planned.notBefore()));
  }

  @Override
  public synchronized void failed(Attempt attempt, String why, Optional<Instant> retry) {
    notices.computeIfPresent(
        attempt.key(),
        (_, planned) ->
            planned.delivery().delivered().isPresent()
                    || !planned.delivery().attempt().equals(attempt)
                ? planned
                : new Planned(
                    with(planned.delivery(), why, retry.isEmpty()),
                    retry.orElse(planned.notBefore())));
  }

  private static Delivery told(Delivery delivery, Instant at) {
    return new Delivery(
        delivery.key(),
        delivery.kind(),
        delivery.receiver(),
        delivery.incident(),
        delivery.planned(),
        delivery.attempts(),
        delivery.delivered().or(() -> Optional.of(at)),
        Optional.empty(),
        false);
  }

  private static Delivery with(Delivery delivery, String lastError, boolean givenUp) {
    return new Delivery(
        delivery.key(),
        delivery.kind(),
        delivery.receiver(),
        delivery.incident(),
        delivery.planned(),
        delivery.attempts(),
        delivery.delivered(),
        Optional.of(lastError),
        givenUp);
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
