package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
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
import parallax.coordinator.testing.Waiting;

/** What every store keeps, whatever it is made of. */
interface StoreContract extends NoticeContract, PeopleContract, RunContract, SessionContract {
  @Test
  default void whoHasBeenSucceededIsNoLongerListenedTo() {
    Epoch first = store().takeOver();
    Effect up = changed("shop", TargetState.UP, T0);
    assertThat(store().record(first, List.of(up), T0)).isEqualTo(new Recorded.Written());
    Epoch second = store().takeOver();
    assertThat(second).isGreaterThan(first);
    Incident incident = incident("i", "shop", T0);
    List<Effect> late =
        List.of(
            changed("shop", TargetState.DOWN, FAR.minusSeconds(1)),
            new Effect.IncidentChanged(incident),
            tell(Notice.Kind.OPENED, incident, "ops"));
    assertThat(store().record(first, late, FAR)).isEqualTo(new Recorded.Outdated(second));
    assertThat(store().intervals(target("shop"), T0, FAR)).hasSize(1);
    assertThat(store().incident(incident.id())).isEmpty();
    assertThat(store().deliveries(incident.id())).isEmpty();
    assertThat(store().record(second, late, FAR)).isEqualTo(new Recorded.Written());
    assertThat(store().deliveries(incident.id())).hasSize(1);
  }

  @Test
  default void onceTakingOverHasReturnedNothingOlderIsWritten() throws Exception {
    Epoch first = store().takeOver();
    AtomicInteger written = new AtomicInteger();
    Thread older =
        Thread.ofPlatform()
            .start(
                () -> {
                  Recorded recorded = new Recorded.Written();
                  for (int at = 0; recorded.equals(new Recorded.Written()); at++) {
                    TargetState state = at % 2 == 0 ? TargetState.UP : TargetState.DOWN;
                    Instant when = T0.plusSeconds(at);
                    recorded = store().record(first, List.of(changed("shop", state, when)), when);
                    written.incrementAndGet();
                  }
                });
    Waiting.until("the older one writes", () -> written.get() > 10);
    store().takeOver();
    int then = store().intervals(target("shop"), T0, FAR).size();
    older.join();
    assertThat(store().intervals(target("shop"), T0, FAR)).hasSize(then);
    assertThat(written.get() - 1).isEqualTo(then);
  }

  @Test
  default void textFromOutsideIsKeptWhateverCharactersItHas() {
    String odd = "nul \u0000 half \ud83d smile \ud83d\ude00 quote ' \" \\";
    Outcome outcome = Outcome.down(Reason.CONNECTION_REFUSED, odd);
    Evidence seen = Samples.evidence("shop", 1, T0, outcome);
    store().append(List.of(seen, up("shop", 2, T0.plusSeconds(1))));
    List<Evidence> kept = store().evidence(target("shop"), T0, FAR, Optional.empty(), 10).items();
    assertThat(kept).hasSize(2);
    assertThat(kept.getLast().observation().outcome().why().orElseThrow().detail())
        .startsWith("nul ")
        .endsWith(odd.substring(odd.indexOf(" smile")));
  }

  @Test
  default void whatIsWrittenTwiceIsThereOnce() {
    Epoch epoch = store().takeOver();
    Incident incident = incident("i", "shop", T0);
    List<Effect> effects =
        List.of(
            changed("shop", TargetState.DOWN, T0),
            new Effect.IncidentChanged(incident),
            tell(Notice.Kind.OPENED, incident, "ops"));
    store().record(epoch, effects, T0);
    store().record(epoch, effects, T0);
    assertThat(store().remembered().held()).hasSize(1);
    assertThat(store().remembered().open()).containsExactly(incident);
    assertThat(store().deliveries(incident.id())).hasSize(1);
  }

  @Test
  default void aNewStateEndsTheIntervalBeforeIt() {
    record(List.of(changed("shop", TargetState.UP, T0)), T0);
    Instant later = T0.plusSeconds(60);
    record(List.of(changed("shop", TargetState.DOWN, later)), later.plusSeconds(2));
    List<Store.Interval> intervals = store().intervals(target("shop"), T0, FAR);
    assertThat(intervals)
        .extracting(Store.Interval::state)
        .containsExactly(TargetState.UP, TargetState.DOWN);
    assertThat(intervals.getFirst().until()).contains(later);
    assertThat(intervals.getLast().from()).isEqualTo(later);
    assertThat(intervals.getLast().until()).isEmpty();
    assertThat(intervals.getLast().cause()).contains(Samples.REFUSED);
    assertThat(store().remembered().held())
        .containsExactly(new Store.Held(intervals.getLast(), later));
  }

  @Test
  default void whatIsHeldBeganWithItsStateHoweverOftenItsCauseChanged() {
    record(List.of(changed("shop", TargetState.DOWN, T0)), T0);
    record(List.of(changed("shop", TargetState.UP, T0.plusSeconds(10))), T0.plusSeconds(10));
    Instant fell = T0.plusSeconds(20);
    record(List.of(changed("shop", TargetState.DOWN, fell)), fell);
    for (int change = 1; change <= 3; change++) {
      Instant then = fell.plusSeconds(change);
      record(List.of(changed("shop", TargetState.DOWN, fell)), then);
      assertThat(store().remembered().held())
          .extracting(held -> held.newest().from(), Store.Held::since)
          .containsExactly(tuple(then, fell));
    }
  }

  @Test
  default void whatWasForgottenMeanwhileDoesNotGoOn() {
    record(List.of(changed("shop", TargetState.UNKNOWN, T0)), T0);
    record(List.of(new Effect.TargetForgotten(target("shop"))), T0.plusSeconds(9));
    Instant again = T0.plusSeconds(60);
    record(List.of(changed("shop", TargetState.UNKNOWN, again)), again);
    assertThat(store().remembered().held()).extracting(Store.Held::since).containsExactly(again);
  }

  @Test
  default void aNewCauseOfTheSameStateBeginsAnIntervalWhenItIsFound() {
    record(List.of(changed("shop", TargetState.DOWN, T0)), T0);
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
    record(List.of(other), found);
    List<Store.Interval> intervals = store().intervals(target("shop"), T0, FAR);
    assertThat(intervals).hasSize(2);
    assertThat(intervals.getFirst().until()).contains(found);
    assertThat(intervals.getLast().scope()).contains(Scope.GLOBAL);
  }

  @Test
  default void intervalsThatOnlyTouchTheRangeFromOutsideAreLeftOut() {
    record(List.of(changed("shop", TargetState.UP, T0)), T0);
    record(List.of(changed("shop", TargetState.DOWN, T0.plusSeconds(10))), T0.plusSeconds(10));
    record(List.of(changed("shop", TargetState.UP, T0.plusSeconds(20))), T0.plusSeconds(20));
    assertThat(store().intervals(target("shop"), T0.plusSeconds(10), T0.plusSeconds(20)))
        .extracting(Store.Interval::state)
        .containsExactly(TargetState.DOWN);
    assertThat(store().intervals(target("other"), T0, FAR)).isEmpty();
  }

  @Test
  default void aForgottenTargetHasNoOpenInterval() {
    record(List.of(changed("shop", TargetState.UP, T0)), T0);
    record(List.of(new Effect.TargetForgotten(target("shop"))), T0.plusSeconds(9));
    assertThat(store().remembered().held()).isEmpty();
    assertThat(store().intervals(target("shop"), T0, FAR).getFirst().until())
        .contains(T0.plusSeconds(9));
  }

  @Test
  default void incidentsComeBackAsTheyWereRecordedNewestFirstPageByPage() {
    List<Incident> incidents =
        IntStream.range(0, 5).mapToObj(i -> incident("i" + i, "shop", T0.plusSeconds(i))).toList();
    record(incidents.stream().<Effect>map(Effect.IncidentChanged::new).toList(), T0);
    Incident closed = resolved(incidents.get(2), T0.plusSeconds(90));
    record(List.of(new Effect.IncidentChanged(closed)), T0.plusSeconds(90));

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
  default void howLongLooksTookIsToldOfThoseThatFoundTheTargetWorking() {
    store()
        .append(
            List.of(
                up("shop", 1, T0),
                Samples.evidence(
                    "shop", 2, T0.plusSeconds(1), Outcome.degraded(Reason.ECHO_SLOW, "")),
                down("shop", 3, T0.plusSeconds(2)),
                up("shop", 4, T0.plusSeconds(3)),
                up("other", 5, T0)));
    List<String> told = new ArrayList<>();
    store()
        .took(target("shop"), T0, T0.plusSeconds(3), (check, took) -> told.add(check + " " + took));
    assertThat(told).containsExactly("HTTP PT0.012345S", "HTTP PT0.012345S");
    store().took(target("nobody"), T0, FAR, (check, _) -> told.add(check.label()));
    assertThat(told).hasSize(2);
  }

  @Test
  default void oneObservationIsFoundByItsIdWhereverItsProbeWas() {
    Evidence first = up("shop", 1, T0);
    store().append(List.of(first, up("shop", 2, T0), up("other", 3, T0)));
    ObservationId id = first.observation().id();
    assertThat(store().evidence(id)).contains(first);
    assertThat(store().evidence(new ObservationId(id.probe(), id.boot(), 99))).isEmpty();
    assertThat(store().evidence(new ObservationId(new ProbeName("nobody"), id.boot(), 1)))
        .isEmpty();
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
  default void theAgeOfTheOldestOfTheNewestIsKnown() {
    for (int number = 0; number < 10; number++) {
      store().append(List.of(up("shop", number, T0.plusSeconds(number))));
    }
    assertThat(store().receivedBeforeNewest(0)).contains(T0.plusSeconds(9));
    assertThat(store().receivedBeforeNewest(4)).contains(T0.plusSeconds(5));
    assertThat(store().receivedBeforeNewest(10)).isEmpty();
  }

  @Test
  default void pruningSparesWhatSurroundsIncidents() {
    Instant opened = T0.plus(Duration.ofHours(5));
    Incident open = incident("i", "shop", opened);
    Incident closed = resolved(open, opened.plusSeconds(600));
    record(List.of(new Effect.IncidentChanged(closed)), opened);
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

  @Test
  default void whatWasDoneIsReadNewestFirstPageByPageAndByWhoAndWhat() {
    for (int number = 1; number <= 5; number++) {
      String who = number % 2 == 0 ? "Alice" : "coordinator";
      store().audit(new AuditEntry(who, "silence", "100%_" + number), T0.plusSeconds(number));
    }
    Store.Page<AuditEntry.Row> first = store().audited(AuditEntry.Filter.ALL, Optional.empty(), 2);
    assertThat(first.items()).extracting(AuditEntry.Row::number).containsExactly(5L, 4L);
    assertThat(first.items().getFirst().at()).isEqualTo(T0.plusSeconds(5));
    Store.Page<AuditEntry.Row> second = store().audited(AuditEntry.Filter.ALL, first.next(), 2);
    assertThat(second.items()).extracting(AuditEntry.Row::number).containsExactly(3L, 2L);
    Store.Page<AuditEntry.Row> last = store().audited(AuditEntry.Filter.ALL, second.next(), 2);
    assertThat(last.items()).extracting(AuditEntry.Row::number).containsExactly(1L);
    assertThat(last.next()).isEmpty();
    assertThat(audited("alice", "")).containsExactly(4L, 2L);
    assertThat(audited("", "%_3")).containsExactly(3L);
    assertThat(audited("", "SILENCE")).hasSize(5);
    assertThat(audited("", "100__")).isEmpty();
    assertThat(audited("bob", "")).isEmpty();
  }

  private List<Long> audited(String who, String what) {
    return store().audited(new AuditEntry.Filter(who, what), Optional.empty(), 100).items().stream()
        .map(AuditEntry.Row::number)
        .toList();
  }

  @Test
  default void theTrailOfWhatWasDoneIsFollowedUnlessItIsTooLong() {
    store().audit(new AuditEntry("alice", "approved", "abc"), T0);
    store().audit(new AuditEntry("bob", "approved", "def"), T0);
    assertThat(store().auditTrail(1)).isEmpty();
    assertThat(store().auditTrail(2))
        .hasValueSatisfying(
            trail ->
                assertThat(trail)
                    .isInstanceOfSatisfying(
                        AuditTrail.Unbroken.class, whole -> assertThat(whole.rows()).isEqualTo(2)));
  }

  @Test
  default void whatWasDoneIsFoundByExactlyItsWordsAndItsTime() {
    store().audit(new AuditEntry("alice", "approved", "abc"), T0);
    assertThat(store().isAudited("approved", "abc", T0)).isTrue();
    assertThat(store().isAudited("approved", "abc", T0.plusSeconds(1))).isFalse();
    assertThat(store().isAudited("approved", "ab", T0)).isFalse();
    assertThat(store().isAudited("configuration", "abc", T0)).isFalse();
  }
}
