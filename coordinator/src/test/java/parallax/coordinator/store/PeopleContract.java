package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.resolved;
import static parallax.coordinator.store.Samples.target;
import static parallax.coordinator.store.Samples.tell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.testing.Courses;

/** What every store keeps of what happens in incidents, and of what people do about them. */
interface PeopleContract {
  IncidentId ID = new IncidentId("i");

  /** An empty store, the same one during a test. */
  Store store();

  private void recorded(Instant at, Effect... effects) {
    assertThat(store().record(store().takeOver(), List.of(effects), at))
        .isEqualTo(new Recorded.Written());
  }

  private List<Happening.Kind> kinds() {
    return store().notebook(ID).stream().map(entry -> entry.what().kind()).toList();
  }

  private Effect changed(Incident incident) {
    return new Effect.IncidentChanged(incident);
  }

  private Incident open() {
    Incident incident = Courses.followed(incident("i", "shop", T0));
    recorded(T0, changed(incident));
    return incident;
  }

  @Test
  default void theCourseOfAnIncidentIsWrittenDownOnceWithWhenAndWho() {
    Incident opened = open();
    recorded(T0.plusSeconds(1), changed(opened));
    Incident wider = Courses.joined(opened, target("desk"));
    recorded(T0.plusSeconds(5), changed(wider));
    Incident global = Courses.scoped(wider, Scope.GLOBAL);
    recorded(T0.plusSeconds(9), changed(global));
    Incident published = Courses.published(global, T0.plusSeconds(25));
    recorded(T0.plusSeconds(25), changed(published), tell(Notice.Kind.OPENED, published, "ops"));
    Incident over = resolved(published, T0.plusSeconds(90));
    recorded(T0.plusSeconds(91), changed(over));
    recorded(T0.plusSeconds(91), changed(over));
    Incident again = Courses.reopened(over);
    recorded(T0.plusSeconds(120), changed(again));
    recorded(T0.plusSeconds(200), changed(resolved(again, T0.plusSeconds(199))));

    List<Entry> entries = store().notebook(ID);
    assertThat(kinds())
        .containsExactly(
            Happening.Kind.OPENED,
            Happening.Kind.JOINED,
            Happening.Kind.CHANGED,
            Happening.Kind.PUBLISHED,
            Happening.Kind.RESOLVED,
            Happening.Kind.REOPENED,
            Happening.Kind.RESOLVED);
    assertThat(entries).allMatch(entry -> entry.who().equals(Entry.CORE));
    assertThat(entries)
        .extracting(entry -> Duration.between(T0, entry.happened()).toSeconds())
        .containsExactly(0L, 5L, 9L, 25L, 90L, 120L, 199L);
    assertThat(entries).extracting(Entry::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(entries.get(1).what()).isEqualTo(new Happening.Joined(List.of(target("desk")), 1));
    Happening.Changed change = (Happening.Changed) entries.get(2).what();
    assertThat(change.from().scope()).isEqualTo(Scope.UNCONFIRMED);
    assertThat(change.to().scope()).isEqualTo(Scope.GLOBAL);
    assertThat(change.to().cause()).isEqualTo(Samples.REFUSED);
  }

  @Test
  default void whoeverJoinedLateKeepsItsEvidenceToo() {
    Incident opened = open();
    Instant late = T0.plus(Duration.ofHours(2));
    store().append(List.of(Samples.down("desk", 1, late), Samples.down("other", 2, late)));
    recorded(late, changed(Courses.joined(opened, target("desk"))));
    store().prune(late.plus(Duration.ofDays(9)), 100);
    Instant far = late.plusSeconds(1);
    assertThat(store().evidence(target("desk"), T0, far, Optional.empty(), 9).items()).hasSize(1);
    assertThat(store().evidence(target("other"), T0, far, Optional.empty(), 9).items()).isEmpty();
  }

  @Test
  default void whatAnOutdatedCoordinatorDecidesIsNotWrittenDown() {
    Epoch older = store().takeOver();
    store().takeOver();
    store().record(older, List.of(changed(incident("i", "shop", T0))), T0);
    assertThat(store().notebook(ID)).isEmpty();
    assertThat(store().notebookEnd()).isZero();
  }

  @Test
  default void itIsWrittenDownWhoWasToldAndWhoCouldNotBe() {
    Incident incident = open();
    recorded(T0, tell(Notice.Kind.OPENED, incident, "ops", "desk"));
    List<Store.Delivery> claimed = store().claim(T0, Duration.ofSeconds(30), Room.of(2));
    store().delivered("i:OPENED:ops", T0.plusSeconds(1), Optional.of("1700000000.000100"));
    store().delivered("i:OPENED:ops", T0.plusSeconds(2));
    Store.Attempt failing = claimed.get(1).attempt();
    store().failed(failing, "status 500", T0.plusSeconds(2), Optional.of(T0.plusSeconds(3)));
    store().failed(failing, "status 404", T0.plusSeconds(3), Optional.empty());
    assertThat(store().notebook(ID).subList(1, 3))
        .extracting(Entry::who, Entry::happened, Entry::what)
        .containsExactly(
            tuple(
                "receiver:ops",
                T0.plusSeconds(1),
                new Happening.Told("ops", Notice.Kind.OPENED, true, "")),
            tuple(
                "receiver:desk",
                T0.plusSeconds(3),
                new Happening.Told("desk", Notice.Kind.OPENED, false, "status 404")));
  }

  @Test
  default void aLaterNoticeKnowsTheConversationOfItsReceiver() {
    Incident incident = open();
    recorded(T0, tell(Notice.Kind.OPENED, incident, "desk", "ops"));
    assertThat(store().claim(T0, Duration.ofSeconds(30), Room.of(2)))
        .allMatch(each -> each.thread().isEmpty());
    store().delivered("i:OPENED:ops", T0, Optional.of("first"));
    store().delivered("i:OPENED:desk", T0);
    Incident over = resolved(incident, T0.plusSeconds(60));
    recorded(T0.plusSeconds(60), changed(over), tell(Notice.Kind.RESOLVED, over, "desk", "ops"));
    List<Store.Delivery> next =
        store().claim(T0.plusSeconds(60), Duration.ofSeconds(30), Room.of(2));
    assertThat(next)
        .extracting(Store.Delivery::receiver, Store.Delivery::thread)
        .containsExactlyInAnyOrder(
            tuple("desk", Optional.empty()), tuple("ops", Optional.of("first")));
    store().delivered("i:RESOLVED:ops", T0, Optional.of("second"));
    assertThat(store().deliveries(ID))
        .filteredOn(each -> each.receiver().equals("ops"))
        .extracting(Store.Delivery::thread)
        .containsOnly(Optional.of("second"));
  }

  @Test
  default void whoTakesCareIsKnownOnceUntilItIsReopened() {
    Happening.Acknowledged deed = new Happening.Acknowledged("on it");
    assertThat(store().note(ID, "alice", deed, T0)).isEqualTo(new Noted.Unknown());
    Incident incident = open();
    Noted first = store().note(ID, "alice", deed, T0.plusSeconds(1));
    assertThat(first).isInstanceOf(Noted.Written.class);
    Entry entry = ((Noted.Written) first).entry();
    assertThat(entry.who()).isEqualTo("alice");
    assertThat(store().note(ID, "bob", deed, T0.plusSeconds(2)))
        .isEqualTo(new Noted.Already(entry));
    Incident over = resolved(incident, T0.plusSeconds(60));
    recorded(T0.plusSeconds(60), changed(over));
    assertThat(store().note(ID, "bob", deed, T0.plusSeconds(61))).isEqualTo(new Noted.Over());
    assertThat(store().note(ID, "bob", new Happening.Note("after it"), T0.plusSeconds(62)))
        .isInstanceOf(Noted.Written.class);
    recorded(T0.plusSeconds(80), changed(Courses.reopened(over)));
    assertThat(store().note(ID, "bob", deed, T0.plusSeconds(81))).isInstanceOf(Noted.Written.class);
    assertThat(store().isAudited("incident acknowledged", ID + ", entry 2", T0)).isTrue();
  }

  @Test
  default void notesAreKeptWithWhatIsVisibleInThem() {
    open();
    String hostile =
        "<b>&amp; 'x' \"y\" \\ | `rm` \u0000\u202egnp.exe\ud83d nul\r\nline 😀\u2028end";
    store().note(ID, "eve\nadmin", new Happening.Note(hostile), T0);
    Entry kept = store().notebook(ID).getLast();
    assertThat(kept.who()).isEqualTo("eve admin");
    assertThat(((Happening.Note) kept.what()).text())
        .isEqualTo("<b>&amp; 'x' \"y\" \\ | `rm` \ufffd\ufffdgnp.exe\ufffd nul\nline 😀\nend");
    store().note(ID, "eve", new Happening.Note("😀".repeat(PlainText.MAX_TEXT)), T0);
    Happening.Note longest = (Happening.Note) store().notebook(ID).getLast().what();
    assertThat(longest.text()).hasSize(PlainText.MAX_TEXT).endsWith("😀");
  }

  @Test
  default void whoeverGoesOnBehindAnEntryMissesNothing() throws Exception {
    int writers = 4;
    int each = 15;
    open();
    List<Callable<Integer>> work = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String name = "writer-" + writer;
      work.add(
          () -> {
            for (int number = 0; number < each; number++) {
              store().note(ID, name, new Happening.Note("note " + number), T0);
            }
            return each;
          });
    }
    List<Long> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<Integer>> running = work.stream().map(threads::submit).toList();
      boolean done = false;
      while (!done) {
        done = running.stream().allMatch(Future::isDone);
        long last = seen.isEmpty() ? 0 : seen.getLast();
        store().notebookAfter(last, 7).forEach(entry -> seen.add(entry.sequence()));
      }
      for (Future<Integer> one : running) {
        assertThat(one.get()).isEqualTo(each);
      }
    }
    List<Entry> rest = store().notebookAfter(seen.getLast(), Store.MAX_PAGE);
    rest.forEach(entry -> seen.add(entry.sequence()));
    assertThat(seen)
        .containsExactlyElementsOf(store().notebook(ID).stream().map(Entry::sequence).toList())
        .hasSize(1 + writers * each);
    assertThat(store().notebookEnd()).isEqualTo(seen.getLast());
  }

  private Silence silence(int number) {
    List<LabelMatcher> match =
        List.of(
            new LabelMatcher.OneOf("team", List.of("shop", "de'sk")),
            ((LabelMatcher.Read.Good) LabelMatcher.like("env", "prod|st.*")).matcher());
    Instant from = T0.plusSeconds(number);
    Silence.Wish wish =
        new Silence.Wish(match, from, from.plus(Duration.ofHours(1)), "upgrade " + number);
    return Silence.made(wish, "alice", T0);
  }

  @Test
  default void silencesComeBackAsTheyWereMadeUntilTheyAreOver() {
    Silence first = silence(1);
    Silence second = silence(2);
    assertThat(store().silence(second)).isTrue();
    assertThat(store().silence(first)).isTrue();
    assertThat(store().silence(first)).isTrue();
    assertThat(store().silences(T0)).containsExactly(first, second);
    assertThat(store().silences(first.until())).containsExactly(second);

    Instant ended = T0.plusSeconds(600);
    assertThat(store().endSilence("nothing", "bob", ended)).isEmpty();
    assertThat(store().endSilence(first.id(), "bob", ended)).contains(first.endedAt(ended));
    assertThat(store().endSilence(first.id(), "eve", ended.plusSeconds(9)))
        .contains(first.endedAt(ended));
    assertThat(store().silences(ended)).containsExactly(second);
    assertThat(store().silences(ended.minusSeconds(1)))
        .containsExactly(first.endedAt(ended), second);
    assertThat(store().isAudited("silence ended", first.id(), ended)).isTrue();
  }

  @Test
  default void thereIsABoundOfSilences() {
    for (int number = 0; number < People.MAX_SILENCES; number++) {
      assertThat(store().silence(silence(number))).isTrue();
    }
    assertThat(store().silence(silence(People.MAX_SILENCES))).isFalse();
    assertThat(store().silence(silence(0))).isTrue();
    store().endSilence(silence(0).id(), "bob", T0);
    assertThat(store().silence(silence(People.MAX_SILENCES))).isTrue();
  }

  @Test
  default void ofEveryJobWhatItSaidLastIsKept() {
    Heard first = new Heard("backup", T0, "job", false, "");
    Heard second = new Heard("backup", T0.plusSeconds(60), "job", true, "disk \"full\"");
    Heard other = new Heard("Abrechnung", T0, "job", false, "");
    assertThat(store().heard(second)).isTrue();
    assertThat(store().heard(first)).isTrue();
    assertThat(store().heard(other)).isTrue();
    assertThat(store().heartbeats()).containsExactly(other, second);
    assertThat(IntStream.range(0, 9).allMatch(_ -> store().heard(other))).isTrue();
    assertThat(store().heartbeats()).hasSize(2);
  }
}
