package parallax.coordinator.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.property.Trouble.Kind;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;

/** What holds whoever looks at whatever, and whatever goes wrong. */
final class PropertiesTest {
  /** When the last trouble is over, or has begun for good. */
  private static final int TROUBLED = 300;

  /** From then on looks arrive in time again. */
  private static final int ORDERLY = TROUBLED + 60;

  /** By then what began in the time of troubles has had its effects. */
  private static final int SHORTLY = TROUBLED + 150;

  /** By then what is held does not change any more. */
  private static final int LASTING = TROUBLED + 480;

  /** The longest that an incident is held open, and is remembered afterwards, and a little more. */
  private static final int FORGOTTEN = TROUBLED + 1800;

  private static final List<Kind> FAILURES = List.of(Kind.TIMES_OUT, Kind.REFUSED, Kind.ERROR);
  private static final List<Kind> ALL = List.of(Kind.values());

  @Test
  void theOrderOfArrivalInsideTheWindowDoesNotChangeWhatIsHeldInTheEnd() {
    Seeds.always(
        seed -> {
          Plot plot = changing(seed);
          assertThat(Stage.play(plot, Seeds.late(seed, ORDERLY)).held())
              .isEqualTo(Stage.play(plot, Stage.Courier.PROMPT).held());
        });
  }

  /** Who is to blame is plain: where it is not, it may depend on who was heard first. */
  private static Plot changing(long seed) {
    Random random = Seeds.random(seed);
    Plot quiet = Plot.wide(random, LASTING);
    return random.nextBoolean()
        ? quiet.withVictims(random, FAILURES, quiet.everybody(), 2, TROUBLED)
        : quiet.withVictims(random, FAILURES, quiet.of(quiet.someRegion(random)), 1, TROUBLED);
  }

  @Test
  void whatOneRegionSeesIsNeverGlobalInWhateverOrderItArrives() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.wide(random, SHORTLY);
          Region region = quiet.probes().get(random.nextInt(quiet.probes().size())).region();
          Plot plot = quiet.withVictims(random, FAILURES, quiet.of(region), 2, TROUBLED);
          assertThat(Stage.play(plot, Seeds.late(seed, ORDERLY)).scopes())
              .doesNotContain(Scope.GLOBAL);
        });
  }

  @Test
  void whatArrivesAgainChangesNeitherVerdictsNorEffects() {
    Seeds.always(
        seed -> {
          Plot plot = anything(seed);
          Stage once = Stage.play(plot, Stage.Courier.PROMPT);
          Stage again = Stage.play(plot, repeating(seed));
          assertThat(again.done()).isEqualTo(once.done());
          assertThat(again.held()).isEqualTo(once.held());
        });
  }

  private static Plot anything(long seed) {
    Random random = Seeds.random(seed);
    return Plot.quiet(random, SHORTLY).troubled(random, ALL, _ -> true, TROUBLED);
  }

  private static Stage.Courier repeating(long seed) {
    Random copies = Seeds.random(~seed);
    return (seen, arrives) ->
        IntStream.rangeClosed(0, copies.nextInt(4))
            .mapToLong(copy -> arrives + (long) copy * copies.nextInt(120_000))
            .mapToObj(when -> new Stage.Arrival(when, seen))
            .toList();
  }

  @Test
  void whatIsTooOldChangesNothing() {
    Seeds.always(
        seed -> {
          Plot plot = anything(seed);
          assertThat(Stage.play(plot, replaying(plot, seed)).done())
              .isEqualTo(Stage.play(plot, Stage.Courier.PROMPT).done());
        });
  }

  /** Now and then there comes, with a look, one from long ago that says what none of them says. */
  private static Stage.Courier replaying(Plot plot, long seed) {
    Random random = Seeds.random(~seed);
    return (seen, arrives) -> {
      Stage.Arrival now = new Stage.Arrival(arrives, seen);
      if (random.nextInt(4) > 0) {
        return List.of(now);
      }
      Duration interval =
          plot.targets().stream()
              .filter(watched -> watched.name().equals(seen.target()))
              .findFirst()
              .orElseThrow()
              .checks()
              .getFirst()
              .interval();
      long age = Math.max(90_000, interval.toMillis() * 3 / 2) + 1 + random.nextInt(3_600_000);
      Outcome other =
          seen.outcome() instanceof Outcome.Down
              ? Outcome.up()
              : Outcome.down(Reason.CONNECTION_REFUSED, "");
      Observation old =
          new Observation(
              new ObservationId(seen.id().probe(), 0, random.nextInt(1_000_000)),
              seen.vantage(),
              seen.target(),
              seen.check(),
              Layer.TCP,
              seen.scheduled().minusMillis(age),
              seen.started().minusMillis(age),
              seen.duration(),
              other,
              seen.timings(),
              seen.facts());
      return List.of(now, new Stage.Arrival(arrives, old));
    };
  }

  @Test
  void oneVantageAloneNeverMakesItGlobal() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.quiet(random, SHORTLY);
          int liar = random.nextInt(quiet.probes().size());
          Plot plot = quiet.troubled(random, ALL, probe -> probe == liar, TROUBLED);
          assertThat(Stage.play(plot, Stage.Courier.PROMPT).scopes()).doesNotContain(Scope.GLOBAL);
        });
  }

  @Test
  void fewerThanTwoHealthyRegionsNeverMakeItGlobal() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.quiet(random, SHORTLY);
          Set<Integer> healthy =
              quiet.of(quiet.probes().get(random.nextInt(quiet.probes().size())).region());
          Set<Integer> others = quiet.everybody();
          others.removeAll(healthy);
          Kind how = random.nextBoolean() ? Kind.SILENT : Kind.CANNOT_TELL;
          Plot plot =
              quiet
                  .with(List.of(new Trouble(how, 0, SHORTLY, others, quiet.everything(), 1)))
                  .troubled(random, ALL, _ -> true, TROUBLED);
          assertThat(Stage.play(plot, Stage.Courier.PROMPT).scopes()).doesNotContain(Scope.GLOBAL);
        });
  }

  @Test
  void everythingIsResolvedAndForgottenAfterAllIsWell() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot plot = Plot.quiet(random, FORGOTTEN).troubled(random, ALL, _ -> true, TROUBLED);
          Stage stage = Stage.play(plot, Stage.Courier.PROMPT);
          assertThat(stage.held().values())
              .allSatisfy(held -> assertThat(held.state()).isEqualTo(TargetState.UP));
          assertThat(opened(stage)).isEqualTo(resolved(stage));
          assertNothingIsLeft(stage.state());
        });
  }

  private static Set<String> opened(Stage stage) {
    return incidents(stage).stream().map(i -> i.id().value()).collect(Collectors.toSet());
  }

  private static Set<String> resolved(Stage stage) {
    return incidents(stage).stream()
        .filter(i -> i.resolved().isPresent())
        .map(i -> i.id().value())
        .collect(Collectors.toSet());
  }

  private static List<Incident> incidents(Stage stage) {
    return stage.done().stream()
        .map(Stage.Done::effect)
        .filter(Effect.IncidentChanged.class::isInstance)
        .map(effect -> ((Effect.IncidentChanged) effect).incident())
        .toList();
  }

  private static void assertNothingIsLeft(State state) {
    assertThat(state.openIncidents()).isEmpty();
    assertThat(state.cases().size()).isZero();
    assertThat(state.caseOf().size()).isZero();
    assertThat(state.blind()).isEmpty();
    for (SortedTree<?, ?> pairs : state.pairs().values()) {
      assertThat(pairs.size()).isZero();
    }
    assertThat(state.queue().size()).isLessThanOrEqualTo(state.records().size());
    for (TargetRecord record : state.records().values()) {
      assertThat(record.units()).allSatisfy(unit -> assertThat(unit.phase()).isEqualTo(Phase.CALM));
    }
    assertThat(state.fleet().probes()).allSatisfy(probe -> assertThat(probe.failing()).isZero());
  }
}
