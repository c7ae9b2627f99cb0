package parallax.coordinator.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Examples.NOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.policy.DecisionRules;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.runbook.Action;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;
import parallax.config.runbook.Runbook.CauseMatch;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.run.RunWish;
import parallax.coordinator.runbook.local.LocalCommand;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.view.Snapshot;

/** What a leader runs without being asked, and what its successor does about it. */
final class RunbookWatchTest {
  private static final Duration LASTING = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Store store = new InMemoryStore();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final AtomicReference<List<Incident>> open = new AtomicReference<>(List.of());
  private Epoch epoch = new Epoch(1);
  private Runner runner;

  private static Incident incident(String id) {
    return Judged.incident(
        id,
        List.of(Examples.target("shop").name()),
        Scope.GLOBAL,
        Examples.cause(),
        NOON.minusSeconds(5),
        NOON,
        List.of(Examples.evidence("shop", Examples.REFUSED, NOON)));
  }

  @BeforeEach
  void start() {
    runner = runner("count");
    epoch = store.takeOver();
    List<Incident> both = List.of(incident("first"), incident("second"));
    store.record(epoch, both.stream().<Effect>map(Effect.IncidentChanged::new).toList(), NOON);
    open.set(both);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  private Runner runner(String allowed) {
    Path counted = folder.resolve("counted");
    LocalCommand command =
        new LocalCommand(
            allowed,
            List.of("/bin/sh", "-c", "echo $PARALLAX_INCIDENT >> " + counted),
            Duration.ofSeconds(30),
            Optional.empty());
    return new Runner(
        new Runner.Ports(
            store, now::get, System::nanoTime, new LocalCommands(List.of(command)), "1.2.3"));
  }

  private RunbookWatch watch(Runner by) {
    return new RunbookWatch(new RunbookWatch.Ports(store, epoch, this::snapshot, now::get, by));
  }

  private Snapshot snapshot() {
    Automatic rules =
        new Automatic(
            Set.of(),
            Set.of(),
            LASTING,
            Duration.ofHours(1),
            new Automatic.Most(3, Duration.ofDays(1)));
    Runbook runbook =
        new Runbook(
            "shop-down",
            new TreeMap<>(),
            CauseMatch.ANY,
            Optional.empty(),
            Optional.empty(),
            List.of(new Action("count", new Action.Work.Command("count"), Optional.of(rules))));
    Configuration configuration =
        new Configuration(
            List.of(Examples.target("shop")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            DecisionRules.USUAL,
            Optional.empty(),
            RouteWatching.NONE,
            Optional.empty(),
            Access.NONE,
            Optional.empty(),
            List.of(runbook),
            ReportRules.USUAL,
            "r");
    return new Snapshot(now.get(), configuration, List.of(), open.get(), List.of());
  }

  private List<Run> runs() {
    return store.runs().runsSince(NOON);
  }

  private void ended(int count) {
    Waiting.until(
        "the end of " + count,
        () -> runs().size() == count && runs().stream().allMatch(run -> run.end().isPresent()));
  }

  private long counted() throws Exception {
    Path counted = folder.resolve("counted");
    return Files.exists(counted) ? Files.readAllLines(counted).size() : 0;
  }

  @Test
  void itRunsOnceWhenItHasLastedAndAgainWhenItHasCooledDown() throws Exception {
    RunbookWatch watch = watch(runner);
    now.set(NOON.plus(LASTING).minusMillis(1));
    watch.look();
    assertThat(runs()).isEmpty();
    now.set(NOON.plus(LASTING));
    watch.look();
    watch.look();
    ended(1);
    watch.look();
    assertThat(runs()).hasSize(1);
    assertThat(runs().getFirst().who()).isEqualTo("runbook:shop-down");
    assertThat(runs().getFirst().incident()).isEqualTo(incident("first").id());
    for (int hour = 1; hour < 9; hour++) {
      now.set(NOON.plus(LASTING).plus(Duration.ofHours(hour)));
      watch.look();
      ended(Math.min(3, hour + 1));
    }
    assertThat(counted()).isEqualTo(3);
  }

  @Test
  void whoTakesOverDoesNotRunItOnceMore() throws Exception {
    RunbookWatch older = watch(runner);
    now.set(NOON.plus(LASTING));
    older.look();
    ended(1);
    epoch = store.takeOver();
    try (Runner other = runner("count")) {
      watch(other).look();
      assertThat(runs()).hasSize(1);
      // The one before it does not know yet that it leads no more.
      now.set(NOON.plus(LASTING).plus(Duration.ofHours(2)));
      older.look();
      assertThat(runs()).hasSize(1);
      watch(other).look();
      ended(2);
    }
    assertThat(counted()).isEqualTo(2);
  }

  @Test
  void aRunThatDiedWithItsLeaderIsShownAsUnknownAndNotRepeated() throws Exception {
    open.set(List.of(incident("first")));
    now.set(NOON.plus(LASTING));
    store
        .runs()
        .claim(
            new RunWish(
                incident("first").id(),
                "shop-down",
                "count",
                Run.by("shop-down"),
                "command count",
                now.get(),
                Duration.ofMinutes(1)),
            Optional.of(new Guard(epoch.number(), Duration.ofHours(1), 3, Duration.ofDays(1))));
    epoch = store.takeOver();
    RunbookWatch watch = watch(runner);
    watch.look();
    assertThat(runs().getFirst().end()).isEmpty();
    now.set(now.get().plus(Duration.ofMinutes(1)));
    watch.look();
    assertThat(runs().getFirst().end().orElseThrow().outcome()).isEqualTo(Run.Outcome.UNKNOWN);
    now.set(now.get().plus(Duration.ofHours(3)));
    watch.look();
    assertThat(runs()).hasSize(1);
    assertThat(counted()).isZero();
  }

  @Test
  void thatTheMachineDoesNotAllowItIsSaidOncePerIncident() {
    now.set(NOON.plus(LASTING));
    try (Runner strict = runner("another")) {
      RunbookWatch watch = watch(strict);
      watch.look();
      watch.look();
    }
    assertThat(runs()).isEmpty();
    for (String id : List.of("first", "second")) {
      assertThat(store.notebook(incident(id).id()))
          .filteredOn(entry -> entry.what() instanceof Happening.Action)
          .hasSize(1);
    }
  }
}
