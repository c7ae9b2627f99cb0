package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.changed;
import static parallax.coordinator.store.Samples.down;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.resolved;
import static parallax.coordinator.store.Samples.target;
import static parallax.coordinator.store.Samples.tell;
import static parallax.coordinator.store.Samples.up;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.testing.Judged;

/** What every store keeps, whatever it is made of. */
interface StoreContract {
  Instant FAR = T0.plus(Duration.ofDays(1));

  /** An empty store, the same one during a test. */
  Store store();

  @Test
  default void aNewStateEndsTheIntervalBeforeIt() {
    store().record(List.of(changed("shop", TargetState.UP, T0)), T0);
    Instant later = T0.plusSeconds(60);
    store().record(List.of(changed("shop", TargetState.DOWN, later)), later.plusSeconds(2));
    List<Store.Interval> intervals = store().intervals(target("shop"), T0, FAR);
    assertThat(intervals)
        .extracting(Store.Interval::state)
        .containsExactly(TargetState.UP, TargetState.DOWN);
    assertThat(intervals.getFirst().until()).contains(later);
    assertThat(intervals.getLast().from()).isEqualTo(later);
    assertThat(intervals.getLast().until()).isEmpty();
    assertThat(intervals.getLast().cause()).contains(Samples.REFUSED);
    assertThat(store().remembered().intervals()).containsExactly(intervals.getLast());
  }

  @Test
  default void aNewCauseOfTheSameStateBeginsAnIntervalWhenItIsFound() {
    store().record(List.of(changed("shop", TargetState.DOWN, T0)), T0);
    Verdict first = Samples.verdict("shop", TargetState.DOWN, T0);
    Cause deeper = new Cause(Samples.REFUSED.layer(), Samples.REFUSED.finding(), "asn:64500");
    Effect other =
        new Effect.VerdictChanged(
            Judged.verdict(
                first.target(),
                first.state(),
                Optional.of(Scope.GLOBAL),
                Optional.of(deeper),
                T0,
                1,
                List.of(),
                "deeper"));
    Instant found = T0.plusSeconds(30);
    store().record(List.of(other), found);
    List<Store.Interval> intervals = store().intervals(target("shop"), T0, FAR);
    assertThat(intervals).hasSize(2);
    assertThat(intervals.getFirst().until()).contains(found);
    assertThat(intervals.getLast().scope()).contains(Scope.GLOBAL);
  }

  @Test
  default void intervalsThatOnlyTouchTheRangeFromOutsideAreLeftOut() {
    store().record(List.of(changed("shop", TargetState.UP, T0)), T0);
    store()
        .record(List.of(changed("shop", TargetState.DOWN, T0.plusSeconds(10))), T0.plusSeconds(10));
    store()
        .record(List.of(changed("shop", TargetState.UP, T0.plusSeconds(20))), T0.plusSeconds(20));
    assertThat(store().intervals(target("shop"), T0.plusSeconds(10), T0.plusSeconds(20)))
        .extracting(Store.Interval::state)
        .containsExactly(TargetState.DOWN);
    assertThat(store().intervals(target("other"), T0, FAR)).isEmpty();
  }

  @Test
  default void aForgottenTargetHasNoOpenInterval() {
    store().record(List.of(changed("shop", TargetState.UP, T0)), T0);
    store().record(List.of(new Effect.TargetForgotten(target("shop"))), T0.plusSeconds(9));
    assertThat(store().remembered().intervals()).isEmpty();
    assertThat(store().intervals(target("shop"), T0, FAR).getFirst().until())
        .contains(T0.plusSeconds(9));
  }

  @Test
  default void incidentsComeBackAsTheyWereRecordedNewestFirstPageByPage() {
    List<Incident> incidents =
        IntStream.range(0, 5).mapToObj(i -> incident("i" + i, "shop", T0.plusSeconds(i))).toList();
    store().record(incidents.stream().<Effect>map(Effect.IncidentChanged::new).toList(), T0);
    Incident closed = resolved(incidents.get(2), T0.plusSeconds(90));
    store().record(List.of(new Effect.IncidentChanged(closed)), T0.plusSeconds(90));

    assertThat(store().incident(new IncidentId("i2"))).contains(closed);
    assertThat(store().incident(new IncidentId("nothing"))).isEmpty();
    assertThat(store().remembered().open()).hasSize(4).doesNotContain(closed);
    assertThat(store().incidents(Optional.of(false), Optional.empty(), 10).items())
        .containsExactly(closed);

    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Store.Page<Incident> page = store().incidents(Optional.empty(), cursor, 2);
      page.items().forEach(incident -> seen.add(incident.id().value()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(seen).containsExactly("i4", "i3", "i2", "i1", "i0");
  }

  @Test
  default void evidenceComesBackWholeOnceAndNewestFirst() {
    Evidence first = up("https://a.example/", 1, T0);
    Evidence second = down("https://a.example/", 2, T0.plusSeconds(1));
    store().append(List.of(first, second, up("other", 3, T0)));
    Evidence again = new Evidence(first.observation(), T0.plusSeconds(5));
    store().append(List.of(first, again));
    Store.Page<Evidence> page =
        store().evidence(target("https://a.example/"), T0, FAR, Optional.empty(), 10);
    assertThat(page.items()).containsExactly(second, first);
    assertThat(page.next()).isEmpty();

    Store.Page<Evidence> part =
        store().evidence(target("https://a.example/"), T0, FAR, Optional.empty(), 1);
    assertThat(part.items()).containsExactly(second);
    assertThat(store().evidence(target("https://a.example/"), T0, FAR, part.next(), 1).items())
        .containsExactly(first);
  }

  @Test
  default void aCursorThatWasNeverHandedOutIsRefused() {
    for (String cursor : List.of("!", "AAAA", "bm90YW51bWJlcjp4", "x".repeat(5000))) {
      assertThatThrownBy(() -> store().incidents(Optional.empty(), Optional.of(cursor), 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().evidence(target("a"), T0, FAR, Optional.of(cursor), 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void aNoticeIsPlannedOnceHoweverOftenItIsRecorded() {
    Incident incident = incident("i", "shop", T0);
    store().record(List.of(tell(Notice.Kind.OPENED, incident, "ops", "desk")), T0);
    store().record(List.of(tell(Notice.Kind.OPENED, incident, "ops", "desk")), T0.plusSeconds(1));
    assertThat(store().due(T0.plusSeconds(2), 10, List.of()))
        .extracting(Store.Delivery::key)
        .containsExactly("i:OPENED:ops", "i:OPENED:desk");
  }

  @Test
  default void theAgeOfTheOldestOfTheNewestIsKnown() {
    for (int number = 0; number < 10; number++) {
      store().append(List.of(up("shop", number, T0.plusSeconds(number))));
    }
    assertThat(store().receivedBeforeNewest(0)).contains(T0.plusSeconds(9));
    assertThat(store().receivedBeforeNewest(4)).contains(T0.plusSeconds(5));
    assertThat(store().receivedBeforeNewest(10)).isEmpty();
  }

  @Test
  default void receiversThatAreWithheldArePassedOverNotInTheWay() {
    for (int number = 0; number < 20; number++) {
      Incident incident = incident("i" + number, "shop", T0.plusSeconds(number));
      store().record(List.of(tell(Notice.Kind.OPENED, incident, "hung", "well")), T0);
    }
    assertThat(store().due(T0, 5, List.of("hung")))
        .extracting(Store.Delivery::receiver)
        .containsOnly("well")
        .hasSize(5);
    assertThat(store().due(T0, 5, List.of("hung", "well"))).isEmpty();
  }

  @Test
  default void aNoticeIsNotDueWhileItIsLeasedDeliveredOrGivenUp() {
    Incident incident = incident("i", "shop", T0);
    store().record(List.of(tell(Notice.Kind.OPENED, incident, "a", "b", "c")), T0);
    store().attempting("i:OPENED:a", T0, Duration.ofSeconds(30));
    assertThat(keysDue(T0.plusSeconds(29))).containsExactly("i:OPENED:b", "i:OPENED:c");
    assertThat(keysDue(T0.plusSeconds(30))).hasSize(3);

    store().delivered("i:OPENED:b", T0.plusSeconds(1));
    store().failed("i:OPENED:c", T0, "no such host", Optional.empty());
    assertThat(keysDue(T0.plusSeconds(30))).containsExactly("i:OPENED:a");

    store().failed("i:OPENED:a", T0, "status 503", Optional.of(T0.plusSeconds(100)));
    assertThat(keysDue(T0.plusSeconds(99))).isEmpty();
    assertThat(keysDue(T0.plusSeconds(100))).containsExactly("i:OPENED:a");
    assertThat(store().deliveries(new IncidentId("i")))
        .extracting(Store.Delivery::lastError)
        .containsExactly(Optional.of("status 503"), Optional.empty(), Optional.of("no such host"));
    assertThat(store().deliveries(new IncidentId("i")).get(2).givenUp()).isTrue();
  }

  @Test
  default void theEndIsNotToldBeforeTheBeginning() {
    Incident incident = incident("i", "shop", T0);
    store().record(List.of(tell(Notice.Kind.OPENED, incident, "ops")), T0);
    store().record(List.of(tell(Notice.Kind.RESOLVED, resolved(incident, T0), "ops")), T0);
    assertThat(keysDue(FAR)).containsExactly("i:OPENED:ops");
    store().delivered("i:OPENED:ops", T0);
    assertThat(keysDue(FAR)).containsExactly("i:RESOLVED:ops");
  }

  @Test
  default void pruningSparesWhatSurroundsIncidents() {
    Instant opened = T0.plus(Duration.ofHours(5));
    Incident open = incident("i", "shop", opened);
    Incident closed = resolved(open, opened.plusSeconds(600));
    store().record(List.of(new Effect.IncidentChanged(closed)), opened);
    List<Evidence> looks = new ArrayList<>();
    for (int minute = 0; minute < 600; minute++) {
      Instant at = T0.plus(Duration.ofMinutes(minute));
      looks.add(up("shop", minute, at));
      looks.add(up("other", 10_000 + minute, at));
    }
    store().append(looks);
    int pruned = store().prune(FAR, 100) + store().prune(FAR, 10_000);
    List<Evidence> left = store().evidence(target("shop"), T0, FAR, Optional.empty(), 1000).items();
    assertThat(pruned).isEqualTo(1200 - left.size());
    assertThat(left.getLast().received())
        .isBetween(opened.minusSeconds(5 + 900), opened.minusSeconds(5 + 840));
    assertThat(left.getFirst().received())
        .isBetween(opened.plusSeconds(600 + 840), opened.plusSeconds(600 + 900));
    assertThat(store().evidence(target("other"), T0, FAR, Optional.empty(), 1000).items())
        .isEmpty();
  }

  private List<String> keysDue(Instant now) {
    return store().due(now, 10, List.of()).stream().map(Store.Delivery::key).toList();
  }
}
