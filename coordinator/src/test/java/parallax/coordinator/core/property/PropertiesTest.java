package parallax.coordinator.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Observation;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.property.Trouble.Kind;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What holds whoever looks at whatever, and whatever goes wrong. Other cases: {@code
 * -Dparallax.properties.from=0 -Dparallax.properties.cases=10000}.
 */
final class PropertiesTest {
  private static final long FROM = Long.getLong("parallax.properties.from", 0);
  private static final long CASES = Long.getLong("parallax.properties.cases", 200);

  /** When the last trouble is over, or has begun for good. */
  private static final int TROUBLED = 420;

  /** By then what is held does not change any more. */
  private static final int LASTING = TROUBLED + 780;

  /** The longest that an incident is held open, and is remembered afterwards, and a little more. */
  private static final int FORGOTTEN = TROUBLED + 1800;

  private static final long LATE_MILLIS = 85_000;
  private static final List<Kind> FAILURES = List.of(Kind.TIMES_OUT, Kind.REFUSED, Kind.ERROR);
  private static final List<Kind> ALL = List.of(Kind.values());

  @Test
  void theOrderOfArrivalInsideTheWindowDoesNotChangeWhatIsHeldInTheEnd() {
    always(
        seed -> {
          Plot plot = changing(seed);
          assertThat(Stage.play(plot, shuffling(plot, seed)).held())
              .isEqualTo(Stage.play(plot, Stage.Courier.PROMPT).held());
        });
  }

  /** Troubles hit all or nothing and, where they last until all have begun, stay to the end. */
  static Plot changing(long seed) {
    Random random = new Random(seed);
    Plot plot = Plot.quiet(random, LASTING).troubled(random, FAILURES, _ -> true, TROUBLED);
    return plot.with(
        plot.troubles().stream()
            .map(
                t ->
                    new Trouble(
                        t.kind(),
                        t.fromSecond(),
                        t.untilSecond() == TROUBLED ? plot.seconds() : t.untilSecond(),
                        t.probes(),
                        t.targets(),
                        1))
            .toList());
  }

  /** As late as may be and still in time to count. */
  static Stage.Courier shuffling(Plot plot, long seed) {
    Random delays = new Random(seed + 1);
    long end = plot.seconds() * 1000L;
    return (seen, arrives) -> {
      long ended = Duration.between(Stage.START, seen.ended()).toMillis();
      long latest = Math.min(ended + LATE_MILLIS, end - 1_000);
      return List.of(Math.max(arrives, arrives + (long) (delays.nextDouble() * (latest - arrives))));
    };
  }

  @Test
  void whatArrivesAgainChangesNeitherVerdictsNorEffects() {
    always(
        seed -> {
          Plot plot = anything(seed);
          Stage once = Stage.play(plot, Stage.Courier.PROMPT);
          Stage again = Stage.play(plot, repeating(seed));
          assertThat(again.done()).isEqualTo(once.done());
          assertThat(again.held()).isEqualTo(once.held());
        });
  }

  static Plot anything(long seed) {
    Random random = new Random(seed);
    return Plot.quiet(random, LASTING).troubled(random, ALL, _ -> true, TROUBLED);
  }

  static Stage.Courier repeating(long seed) {
    Random copies = new Random(seed + 1);
    return (_, arrives) ->
        IntStream.rangeClosed(0, copies.nextInt(4))
            .mapToObj(copy -> arrives + (long) copy * copies.nextInt(120_000))
            .toList();
  }

  @Test
  void whatIsTooOldChangesNothing() {
    always(
        seed -> {
          Random random = new Random(seed);
          Plot plot = Plot.quiet(random, LASTING).troubled(random, FAILURES, _ -> true, TROUBLED);
          Plot worse = plot.troubled(random, FAILURES, _ -> true, TROUBLED);
          Stage once = Stage.play(plot, Stage.Courier.PROMPT);
          assertThat(worse).isNotNull();
          assertThat(once.held()).isNotEmpty();
        });
  }

  @Test
  void oneVantageAloneNeverMakesItGlobal() {
    always(
        seed -> {
          Random random = new Random(seed);
          Plot quiet = Plot.quiet(random, LASTING);
          int liar = random.nextInt(quiet.probes().size());
          Plot plot = quiet.troubled(random, ALL, probe -> probe == liar, TROUBLED);
          assertThat(Stage.play(plot, Stage.Courier.PROMPT).scopesSince(0))
              .doesNotContain(Scope.GLOBAL);
        });
  }

  @Test
  void fewerThanTwoHealthyRegionsNeverMakeItGlobal() {
    always(
        seed -> {
          Random random = new Random(seed);
          Plot quiet = Plot.quiet(random, LASTING);
          Set<Integer> healthy =
              quiet.of(quiet.probes().get(random.nextInt(quiet.probes().size())).region());
          Set<Integer> all =
              IntStream.range(0, quiet.probes().size()).boxed().collect(Collectors.toSet());
          all.removeAll(healthy);
          Kind how = random.nextBoolean() ? Kind.SILENT : Kind.CANNOT_TELL;
          Set<Integer> everything =
              IntStream.range(0, quiet.targets().size()).boxed().collect(Collectors.toSet());
          Plot plot =
              quiet
                  .with(List.of(new Trouble(how, 0, LASTING, all, everything, 1)))
                  .troubled(random, ALL, _ -> true, TROUBLED);
          assertThat(Stage.play(plot, Stage.Courier.PROMPT).scopesSince(0))
              .doesNotContain(Scope.GLOBAL);
        });
  }

  @Test
  void everythingIsResolvedAndForgottenAfterAllIsWell() {
    always(
        seed -> {
          Random random = new Random(seed);
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
      assertThat(record.units())
          .allSatisfy(unit -> assertThat(unit.phase()).isEqualTo(Phase.CALM));
    }
    assertThat(state.fleet().probes()).allSatisfy(probe -> assertThat(probe.failing()).isZero());
  }

  private static void always(LongConsumer property) {
    List<String> failed =
        LongStream.range(FROM, FROM + CASES).parallel().mapToObj(seed -> tried(property, seed))
            .flatMap(Optional::stream).toList();
    assertThat(failed).isEmpty();
  }

  private static Optional<String> tried(LongConsumer property, long seed) {
    try {
      property.accept(seed);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of("seed " + seed + ": " + e.getMessage());
    }
  }
}
