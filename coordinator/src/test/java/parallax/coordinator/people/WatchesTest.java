package parallax.coordinator.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import parallax.config.Configuration;
import parallax.config.target.Heartbeat;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.job.Signs;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Waiting;

final class WatchesTest {
  private static final Instant T0 = Examples.NOON;

  private final FaultyStore store = new FaultyStore(new InMemoryStore());
  private final Incident incident =
      Judged.incident(
          "abc",
          List.of(Examples.target("shop").name()),
          Scope.GLOBAL,
          Examples.cause(),
          T0,
          T0,
          List.of());

  @Test
  void everyDeedIsToldOnceAndInOrderAlsoWhenItCouldNotBeTakenAtFirst() {
    store.record(store.takeOver(), List.of(new Effect.IncidentChanged(incident)), T0);
    store.note(incident.id(), "a", new Happening.Note("before"), T0);
    List<Entry> told = new ArrayList<>();
    AtomicBoolean full = new AtomicBoolean();
    DeedWatch watch =
        new DeedWatch(
            store,
            store.notebookEnd(),
            entry -> {
              if (full.get()) {
                return false;
              }
              return told.add(entry);
            });
    store.note(incident.id(), "a", new Happening.Acknowledged(""), T0);
    watch.look();
    full.set(true);
    store.note(incident.id(), "b", new Happening.Note("one"), T0);
    store.record(
        store.takeOver(),
        List.of(new Effect.IncidentChanged(Judged.resolved(incident, T0.plusSeconds(9)))),
        T0);
    store.note(incident.id(), "b", new Happening.Note("two"), T0);
    watch.look();
    full.set(false);
    watch.look();
    watch.look();
    assertThat(told)
        .extracting(Entry::what)
        .containsExactly(
            new Happening.Acknowledged(""), new Happening.Note("one"), new Happening.Note("two"));
  }

  @Test
  void silencesAreToldWhenTheyChangeAndStayAsTheyWereWhileTheRecordIsAway() {
    AtomicReference<Instant> now = new AtomicReference<>(T0);
    List<Integer> told = new CopyOnWriteArrayList<>();
    LabelMatcher team = new LabelMatcher.OneOf("team", List.of("web"));
    Silence silence =
        Silence.made(
            new Silence.Wish(List.of(team), T0, T0.plus(Duration.ofHours(1)), "move"), "a", T0);
    try (SilenceWatch watch = new SilenceWatch(store, now::get, all -> told.add(all.size()))) {
      store.silence(silence);
      watch.start();
      Waiting.until("told", () -> told.equals(List.of(1)));
      store.fail(true);
      int failures = store.failures();
      Waiting.until("tried again", () -> store.failures() > failures);
      store.fail(false);
      now.set(T0.plus(Duration.ofHours(1)));
      Waiting.until("over", () -> told.equals(List.of(1, 0)));
    }
  }

  @Test
  void signsAreReadOnlyWhereThereAreJobs() {
    Target shop = Examples.target("shop");
    AtomicReference<Configuration> configuration =
        new AtomicReference<>(Examples.configuration("r1", shop));
    try (SignWatch watch = new SignWatch(store, () -> T0, configuration::get)) {
      watch.look();
      assertThat(watch.newest()).isEmpty();
      assertThat(store.calls()).isZero();
      Target job =
          new Target(
              new TargetName("backup"),
              Optional.empty(),
              shop.labels(),
              Duration.ofHours(1),
              List.of(),
              List.of(),
              Optional.of(new Heartbeat(Duration.ofHours(1), Duration.ZERO)));
      configuration.set(Examples.configuration("r2", shop, job));
      Heard heard = new Heard("backup", T0, "job", false, "");
      store.heard(heard);
      watch.look();
      assertThat(watch.newest()).contains(Signs.of(List.of(heard), T0));
    }
  }
}
