package parallax.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static parallax.coordinator.core.verdict.TargetState.DEGRADED;
import static parallax.coordinator.core.verdict.TargetState.DOWN;
import static parallax.coordinator.core.verdict.TargetState.UNKNOWN;
import static parallax.coordinator.core.verdict.TargetState.UP;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.policy.Maintenance;
import parallax.config.publicpage.Service;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.status.model.Day;
import parallax.coordinator.status.model.Ledger;
import parallax.coordinator.status.model.PublicIncident;
import parallax.coordinator.status.model.PublicIncident.Effect;
import parallax.coordinator.status.model.PublicIncident.Update;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.model.StatusBoards;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Told;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.Window;

final class StatusBoardsTest {
  private static ServiceView only(Scene scene) {
    return scene.board().services().findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "UP, UP, UP",
    "DOWN, DOWN, DOWN",
    "DOWN, UP, DEGRADED",
    "DOWN, UNKNOWN, DOWN",
    "DEGRADED, DOWN, DEGRADED",
    "DEGRADED, UP, DEGRADED",
    "UNKNOWN, UP, UNKNOWN",
    "UNKNOWN, UNKNOWN, UNKNOWN"
  })
  void aServiceIsAsItsTargetsAre(TargetState one, TargetState other, ServiceState service) {
    Scene scene = new Scene().target("a", one).target("b", other).service("Shop", "a", "b");
    assertThat(only(scene).state()).isEqualTo(service);
  }

  @Test
  void aServiceWithoutTargetsIsUnknownAndSoIsAPageWithoutServices() {
    assertThat(only(new Scene().target("a", UP).service("Shop")).state())
        .isEqualTo(ServiceState.UNKNOWN);
    assertThat(new Scene().target("a", UP).board().overall()).isEqualTo(ServiceState.UNKNOWN);
  }

  @Test
  void theWholeIsAsBadAsItsWorstService() {
    Scene scene = new Scene().target("a", UP).target("b", DEGRADED).target("c", UNKNOWN);
    assertThat(scene.service("A", "a").board().overall()).isEqualTo(ServiceState.UP);
    assertThat(scene.service("C", "c").board().overall()).isEqualTo(ServiceState.UNKNOWN);
    assertThat(scene.service("B", "b").board().overall()).isEqualTo(ServiceState.DEGRADED);
  }

  @Test
  void targetsBelongByNameAndByLabels() {
    Scene scene =
        new Scene()
            .target("a", DOWN)
            .target("b", DOWN)
            .target("c", UP)
            .service(
                new Service(
                    "By label",
                    Optional.empty(),
                    new TreeSet<>(),
                    new TreeMap<>(Map.of("own", "1"))))
            .service("Named", "c");
    assertThat(scene.board().services().map(ServiceView::state))
        .containsExactly(ServiceState.DOWN, ServiceState.UP);
  }

  @Test
  void whatRunsOutIsNoMatterOfThePublic() {
    Cause expiring =
        new Cause(Optional.of(Layer.TLS), Finding.of(Reason.CERTIFICATE_EXPIRES_SOON), "target:a");
    Scene scene =
        new Scene()
            .target("a", UP)
            .service("Shop", "a")
            .incident(Scene.trouble("i1", Scope.GLOBAL, expiring, "a"));
    assertThat(scene.board().open()).isEmpty();
  }

  @Test
  void daysShowWhatIsKnownAndWhatWasDown() {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(Scene.NOON.minus(Duration.ofDays(3)), UP)
            .with(Scene.NOON.minus(Duration.ofDays(1)), DOWN)
            .with(Scene.NOON.minus(Duration.ofDays(1)).plus(Duration.ofHours(1)), UP);
    List<Day> days = only(new Scene().target("a", UP, history).service("Shop", "a")).days();
    assertThat(days).hasSize(StatusBoards.DAYS);
    Day today = days.getLast();
    assertThat(today)
        .isEqualTo(
            new Day(
                LocalDate.of(2026, 3, 1),
                Duration.ofHours(12),
                Duration.ofHours(12),
                Duration.ZERO));
    Day yesterday = days.get(days.size() - 2);
    assertThat(yesterday.down()).isEqualTo(Duration.ofHours(1));
    assertThat(yesterday.level()).isEqualTo(Day.Level.SOME);
    assertThat(days.get(days.size() - 4).knownShare()).isEqualTo(0.5);
    assertThat(days.get(days.size() - 5).level()).isEqualTo(Day.Level.NONE);
    assertThat(days.getFirst().level()).isEqualTo(Day.Level.NONE);
  }

  @Test
  void aDayThatIsDownForMoreThanATenthIsABadOne() {
    Duration day = Duration.ofHours(24);
    LocalDate date = LocalDate.of(2026, 3, 1);
    assertThat(new Day(date, day, day, Duration.ofMinutes(144)).level()).isEqualTo(Day.Level.SOME);
    assertThat(new Day(date, day, day, Duration.ofMinutes(145)).level()).isEqualTo(Day.Level.BAD);
    assertThat(new Day(date, day, Duration.ZERO, Duration.ZERO).level()).isEqualTo(Day.Level.NONE);
  }

  @Test
  void uptimeIsTheMeanOfTheTargetsOutsideOfMaintenance() {
    UptimeHistory half =
        UptimeHistory.EMPTY
            .with(Scene.NOON.minus(Duration.ofHours(24)), UP)
            .with(Scene.NOON.minus(Duration.ofHours(12)), DOWN);
    Scene scene = new Scene().target("a", UP).target("b", DOWN, half).service("Shop", "a", "b");
    assertThat(only(scene).uptime(Window.DAY).orElseThrow()).isBetween(0.749, 0.751);
    scene.maintained(Scene.once(Scene.NOON.minus(Duration.ofHours(12)), Duration.ofHours(6)));
    assertThat(only(scene).uptime(Window.DAY).orElseThrow()).isBetween(0.832, 0.834);
  }

  @Test
  void maintenanceIsAnnouncedShownAndNotCalledAnOutage() {
    Scene scene =
        new Scene()
            .target("a", DOWN)
            .service("Shop", "a")
            .maintained(Scene.once(Scene.NOON.minusSeconds(120), Duration.ofHours(1)))
            .maintained(Scene.once(Scene.NOON.plus(Duration.ofDays(2)), Duration.ofHours(1)))
            .maintained(Scene.once(Scene.NOON.plus(Duration.ofDays(20)), Duration.ofHours(1)));
    StatusBoard board = scene.board();
    assertThat(board.services().map(ServiceView::state)).containsExactly(ServiceState.MAINTENANCE);
    assertThat(board.windows()).hasSize(2);
    assertThat(board.windows().getFirst().isOpen(board.at())).isTrue();
    assertThat(board.windows().getLast().isOpen(board.at())).isFalse();
    assertThat(board.windows().getLast().services()).containsExactly("Shop");
  }

  @Test
  void aTargetThatIsDownOutsideOfTheMaintenanceStillCounts() {
    Scene scene =
        new Scene()
            .target("a", UP)
            .target("b", DOWN)
            .service("Shop", "a", "b")
            .maintained(
                new Maintenance(
                    "x",
                    new TreeMap<>(Map.of("own", "0")),
                    new Maintenance.Once(Scene.NOON.minusSeconds(60), Scene.NOON.plusSeconds(60))));
    assertThat(only(scene).state()).isEqualTo(ServiceState.DOWN);
  }

  @Test
  void incidentsSayWhatUsersNoticeAndNothingElse() {
    Scene scene =
        new Scene()
            .target("a", DOWN)
            .target("b", UP)
            .target("secret", DOWN)
            .service("Shop", "a")
            .service("Both", "a", "b")
            .incident(Scene.trouble("i1", Scope.GLOBAL, "a", "secret"))
            .incident(Scene.trouble("i2", Scope.GLOBAL, "secret"))
            .incident(Scene.trouble("i3", Scope.REGIONAL, "a"))
            .incident(Told.ours());
    assertThat(scene.board().open())
        .extracting(PublicIncident::id, PublicIncident::services, PublicIncident::effect)
        .containsExactly(
            tuple("i1", List.of("Shop", "Both"), Effect.FOR_SOME),
            tuple("i3", List.of("Shop", "Both"), Effect.FOR_SOME));
    Scene whole =
        new Scene()
            .target("a", DOWN)
            .service("Shop", "a")
            .incident(Scene.trouble("i1", Scope.UNCONFIRMED, "a"));
    assertThat(whole.board().open().getFirst().effect()).isEqualTo(Effect.DOWN);
  }

  @Test
  void whatIsOnlyFollowedIsNotPublic() {
    Incident told = Scene.trouble("i1", Scope.GLOBAL, "a");
    Incident followed =
        new Incident(
            told.id(),
            told.subject(),
            told.targets(),
            told.scope(),
            told.regions(),
            told.cause(),
            told.onset(),
            told.opened(),
            Optional.empty(),
            Optional.empty(),
            0,
            told.votes(),
            told.well(),
            told.why());
    assertThat(new Scene().target("a", DOWN).service("S", "a").incident(followed).board().open())
        .isEmpty();
  }

  @Test
  void whatIsOverStaysForSomeDaysWithWhatPeopleSaid() {
    Incident recent =
        Judged.resolved(Scene.trouble("new", Scope.GLOBAL, "a"), Scene.NOON.minusSeconds(1));
    Incident old =
        Judged.resolved(
            Scene.trouble("old", Scope.GLOBAL, "a"), Scene.NOON.minus(StatusBoards.PAST));
    Update said = new Update(Scene.NOON.minusSeconds(30), "We rolled back.");
    Ledger ledger = new Ledger(List.of(recent, old), Map.of(new IncidentId("new"), List.of(said)));
    StatusBoard board = new Scene().target("a", UP).service("Shop", "a").board(ledger);
    assertThat(board.past()).extracting(PublicIncident::id).containsExactly("new");
    assertThat(board.past().getFirst().updates()).containsExactly(said);
    assertThat(board.past().getFirst().updated()).isEqualTo(Scene.NOON.minusSeconds(1));
  }
}
