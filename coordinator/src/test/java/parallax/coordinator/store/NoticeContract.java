package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.resolved;
import static parallax.coordinator.store.Samples.tell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;

/** What every store keeps about notices on their way. */
interface NoticeContract {
  Instant FAR = T0.plus(Duration.ofDays(1));
  Duration LEASE = Duration.ofSeconds(30);

  /** An empty store, the same one during a test. */
  Store store();

  /** Records in an epoch of its own. */
  default void record(List<Effect> effects, Instant at) {
    assertThat(store().record(store().takeOver(), effects, at))
        .isInstanceOf(Recorded.Written.class);
  }

  @Test
  default void aNoticeIsPlannedOnceHoweverOftenItIsRecorded() {
    Incident incident = incident("i", "shop", T0);
    record(List.of(tell(Notice.Kind.OPENED, incident, "ops", "desk")), T0);
    record(List.of(tell(Notice.Kind.OPENED, incident, "ops", "desk")), T0.plusSeconds(1));
    assertThat(keysDue(T0.plusSeconds(2))).containsExactly("i:OPENED:ops", "i:OPENED:desk");
  }

  @Test
  default void whatWasToldOfOpenIncidentsIsRemembered() {
    Incident open = incident("open", "shop", T0);
    Incident over = resolved(incident("over", "blog", T0), T0);
    Notice.Along along =
        new Notice.Along(3, Optional.of("mia"), List.of(over.id()), Optional.of(open.id()));
    Notice again = new Notice(Notice.Kind.REMINDER, open, 2, along, List.of("ops"));
    record(
        List.of(
            new Effect.IncidentChanged(open),
            new Effect.IncidentChanged(over),
            tell(Notice.Kind.OPENED, open, "ops"),
            tell(Notice.Kind.RESOLVED, over, "ops"),
            new Effect.Tell(again)),
        T0);
    List<Store.Delivery> told = store().remembered().told();
    assertThat(told)
        .extracting(Store.Delivery::key)
        .containsExactly("open:OPENED:ops", "open:REMINDER.2:ops");
    assertThat(told).extracting(Store.Delivery::along).containsExactly(Notice.Along.NOTHING, along);
    assertThat(told.getLast().incident()).isEqualTo(open);
  }

  @Test
  default void receiversThatAreFullArePassedOverNotInTheWay() {
    planForTwo(20);
    Room room = new Room(5, 4, new TreeMap<>(Map.of("hung", 4)));
    assertThat(store().claim(T0, LEASE, room))
        .extracting(Store.Delivery::receiver)
        .containsOnly("well")
        .hasSize(4);
    assertThat(
            store().claim(T0, LEASE, new Room(5, 4, new TreeMap<>(Map.of("hung", 4, "well", 5)))))
        .isEmpty();
    assertThat(store().claim(T0, LEASE, new Room(0, 4, new TreeMap<>()))).isEmpty();
  }

  @Test
  default void noReceiverIsGivenMoreThanItHasRoomFor() {
    planForTwo(20);
    Room room = new Room(40, 4, new TreeMap<>(Map.of("hung", 3)));
    assertThat(store().claim(T0, LEASE, room))
        .extracting(Store.Delivery::receiver)
        .containsExactlyInAnyOrder("hung", "well", "well", "well", "well");
  }

  private void planForTwo(int incidents) {
    for (int number = 0; number < incidents; number++) {
      Incident incident = incident("i" + number, "shop", T0.plusSeconds(number));
      record(List.of(tell(Notice.Kind.OPENED, incident, "hung", "well")), T0);
    }
  }

  @Test
  default void aNoticeIsNotDueWhileItIsLeasedDeliveredOrGivenUp() {
    Incident incident = incident("i", "shop", T0);
    record(List.of(tell(Notice.Kind.OPENED, incident, "a", "b", "c")), T0);
    List<Store.Delivery> claimed = store().claim(T0, LEASE, Room.of(3));
    assertThat(claimed).extracting(Store.Delivery::attempts).containsExactly(1, 1, 1);
    assertThat(keysDue(T0.plusSeconds(29))).isEmpty();

    store().delivered("i:OPENED:b", T0.plusSeconds(1));
    store().failed(claimed.get(2).attempt(), "no such host", T0, Optional.empty());
    store().failed(claimed.get(0).attempt(), "status 503", T0, Optional.of(T0.plusSeconds(100)));
    assertThat(keysDue(T0.plusSeconds(99))).isEmpty();
    assertThat(keysDue(T0.plusSeconds(100))).containsExactly("i:OPENED:a");
    assertThat(store().deliveries(new IncidentId("i")))
        .extracting(Store.Delivery::lastError)
        .containsExactly(Optional.of("status 503"), Optional.empty(), Optional.of("no such host"));
    assertThat(store().deliveries(new IncidentId("i")).get(2).givenUp()).isTrue();
  }

  @Test
  default void whoSentTooSlowlyDoesNotDisturbWhoClaimedItSince() {
    record(List.of(tell(Notice.Kind.OPENED, incident("i", "shop", T0), "ops")), T0);
    Store.Delivery slow = store().claim(T0, LEASE, Room.of(1)).getFirst();
    Instant later = T0.plus(LEASE);
    Store.Delivery next = store().claim(later, LEASE, Room.of(1)).getFirst();
    assertThat(next.attempts()).isEqualTo(2);
    store().failed(slow.attempt(), "timed out", T0, Optional.empty());
    assertThat(delivery().givenUp()).isFalse();
    assertThat(store().claim(later.plusSeconds(29), LEASE, Room.of(1))).isEmpty();
    store().delivered(slow.key(), later);
    store().failed(next.attempt(), "status 409", T0, Optional.of(later));
    assertThat(delivery().delivered()).contains(later);
    assertThat(keysDue(FAR)).isEmpty();
  }

  @Test
  default void whatWasOnItsWayIsDueAtOnceForWhoeverTakesOver() {
    Incident incident = incident("i1", "shop", T0);
    record(List.of(tell(Notice.Kind.OPENED, incident, "arrived", "failed", "lost", "never")), T0);
    Store store = store();
    assertThat(store.claim(T0, Duration.ofMinutes(1), Room.of(9))).hasSize(4);
    Instant later = T0.plusSeconds(1);
    store.delivered("i1:OPENED:arrived", later);
    Instant again = T0.plusSeconds(20);
    store.failed(attempt("i1:OPENED:failed", 1), "503", later, Optional.of(again));
    store.failed(attempt("i1:OPENED:never", 1), "404", later, Optional.empty());
    assertThat(store.claim(later, Duration.ofMinutes(1), Room.of(9))).isEmpty();
    store.takeOver();
    assertThat(store.claim(later, Duration.ofMinutes(1), Room.of(9)))
        .as("what waits for a receiver goes on waiting")
        .extracting(Store.Delivery::key, Store.Delivery::attempts)
        .containsExactly(tuple("i1:OPENED:lost", 2));
    assertThat(store.claim(again, Duration.ofMinutes(1), Room.of(9)))
        .extracting(Store.Delivery::key)
        .containsExactly("i1:OPENED:failed");
  }

  private static Store.Attempt attempt(String key, int number) {
    return new Store.Attempt(key, number);
  }

  @Test
  default void twoSendersNeverClaimTheSameNotice() throws Exception {
    int notices = 120;
    List<Effect> planned = new ArrayList<>();
    for (int number = 0; number < notices; number++) {
      Incident incident = incident("i" + number, "shop", T0.plusSeconds(number));
      planned.add(tell(Notice.Kind.OPENED, incident, "ops"));
    }
    record(planned, T0);
    Callable<List<String>> sender =
        () -> {
          List<String> mine = new ArrayList<>();
          // What others hold while they claim is left out, so nothing does not mean the end.
          for (int turn = 0; turn < notices; turn++) {
            store().claim(T0, LEASE, Room.of(5)).forEach(each -> mine.add(each.key()));
          }
          return mine;
        };
    List<String> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<List<String>> claimed :
          threads.invokeAll(List.of(sender, sender, sender, sender))) {
        all.addAll(claimed.get(60, TimeUnit.SECONDS));
      }
    }
    assertThat(all).hasSize(notices).doesNotHaveDuplicates();
  }

  @Test
  default void theEndIsNotToldBeforeTheBeginning() {
    Incident incident = incident("i", "shop", T0);
    record(List.of(tell(Notice.Kind.OPENED, incident, "ops")), T0);
    record(List.of(tell(Notice.Kind.RESOLVED, resolved(incident, T0), "ops")), T0);
    assertThat(keysDue(FAR)).containsExactly("i:OPENED:ops");
    store().delivered("i:OPENED:ops", T0);
    assertThat(keysDue(FAR)).containsExactly("i:RESOLVED:ops");
  }

  private Store.Delivery delivery() {
    return store().deliveries(new IncidentId("i")).getFirst();
  }

  /** Claims for no time at all, so that they stay due. */
  private List<String> keysDue(Instant now) {
    return store().claim(now, Duration.ZERO, Room.of(10)).stream()
        .map(Store.Delivery::key)
        .toList();
  }
}
