package parallax.coordinator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.store.Store.Attempt;
import parallax.coordinator.store.Store.Delivery;

/** Notices on their way, in memory. Guarded by whoever holds it. */
final class InMemoryNotices {
  private final Map<String, Planned> notices = new LinkedHashMap<>();
  private final Map<String, String> threads = new TreeMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final InMemoryPeople people;

  InMemoryNotices(InMemoryPeople people) {
    this.people = people;
  }

  private record Planned(Delivery delivery, Instant notBefore) {
    boolean isSettled() {
      return delivery.delivered().isPresent() || delivery.givenUp();
    }
  }

  void plan(Notice notice, Instant at) {
    for (String receiver : notice.receivers()) {
      Delivery delivery =
          new Delivery(
              notice.key(receiver),
              notice.kind(),
              receiver,
              notice.incident(),
              notice.along(),
              at,
              0,
              Optional.empty(),
              Optional.empty(),
              false);
      notices.putIfAbsent(delivery.key(), new Planned(delivery, at));
    }
  }

  Stream<Delivery> all() {
    return notices.values().stream().map(Planned::delivery).map(this::threaded);
  }

  List<Delivery> of(IncidentId id) {
    return notices.values().stream()
        .map(Planned::delivery)
        .filter(delivery -> delivery.incident().id().equals(id))
        .map(this::threaded)
        .toList();
  }

  /** What is on its way is due again. */
  void release() {
    notices.replaceAll(
        (key, planned) ->
            underWay.contains(key) && !planned.isSettled()
                ? new Planned(planned.delivery(), planned.delivery().planned())
                : planned);
    underWay.clear();
  }

  List<Delivery> claim(Instant now, Duration lease, Room room) {
    Map<String, Integer> taken = new TreeMap<>(room.taken());
    List<Delivery> claimed = new ArrayList<>();
    for (Planned planned : due(now, room)) {
      Delivery delivery = planned.delivery();
      if (taken.merge(delivery.receiver(), 1, Integer::sum) <= room.each()) {
        notices.put(delivery.key(), new Planned(delivery.attempted(), now.plus(lease)));
        underWay.add(delivery.key());
        claimed.add(threaded(delivery.attempted()));
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

  void delivered(String key, Instant at, Optional<String> thread) {
    underWay.remove(key);
    Optional<Delivery> waiting = delivery(key).filter(known -> known.delivered().isEmpty());
    if (waiting.isPresent()) {
      settle(waiting.get(), Optional.of(at), Optional.empty(), thread);
      tell(waiting.get(), at, Optional.empty());
    }
  }

  void failed(Attempt attempt, String why, Instant at, Optional<Instant> retry) {
    Optional<Delivery> waiting =
        delivery(attempt.key())
            .filter(known -> known.delivered().isEmpty() && known.attempt().equals(attempt));
    if (waiting.isEmpty()) {
      return;
    }
    underWay.remove(attempt.key());
    if (retry.isEmpty()) {
      settle(waiting.get(), Optional.empty(), Optional.of(why), Optional.empty());
      tell(waiting.get(), at, Optional.of(why));
    } else {
      notices.put(
          attempt.key(),
          new Planned(with(waiting.get(), Optional.empty(), Optional.of(why), false), retry.get()));
    }
  }

  private Optional<Delivery> delivery(String key) {
    return Optional.ofNullable(notices.get(key)).map(Planned::delivery);
  }

  private void settle(
      Delivery delivery, Optional<Instant> at, Optional<String> error, Optional<String> thread) {
    Delivery settled = with(delivery, at, error, error.isPresent());
    notices.computeIfPresent(
        delivery.key(), (_, planned) -> new Planned(settled, planned.notBefore()));
    thread.ifPresent(called -> threads.put(place(delivery), called));
  }

  private void tell(Delivery delivery, Instant at, Optional<String> error) {
    Happening told =
        new Happening.Told(delivery.receiver(), delivery.kind(), error.isEmpty(), error.orElse(""));
    people.write(delivery.incident().id(), at, Entry.receiver(delivery.receiver()), told);
  }

  private static String place(Delivery delivery) {
    return delivery.incident().id() + " " + delivery.receiver();
  }

  private Delivery threaded(Delivery delivery) {
    return new Delivery(
        delivery.key(),
        delivery.kind(),
        delivery.receiver(),
        delivery.incident(),
        delivery.along(),
        delivery.planned(),
        delivery.attempts(),
        delivery.delivered(),
        delivery.lastError(),
        delivery.givenUp(),
        Optional.ofNullable(threads.get(place(delivery))));
  }

  private static Delivery with(
      Delivery delivery, Optional<Instant> at, Optional<String> lastError, boolean givenUp) {
    return new Delivery(
        delivery.key(),
        delivery.kind(),
        delivery.receiver(),
        delivery.incident(),
        delivery.along(),
        delivery.planned(),
        delivery.attempts(),
        at,
        lastError,
        givenUp);
  }
}
