package parallax.coordinator.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.property.Trouble.Kind;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;

/** What few probes, of one network or of several, hold of few targets. */
final class SmallFleetsTest {
  private static final List<Kind> FAILURES = List.of(Kind.TIMES_OUT, Kind.REFUSED, Kind.ERROR);

  /** When something breaks, in seconds. */
  private static final int BREAKS = 150;

  /** By then it has been told, or is over. */
  private static final int LATER = 330;

  @Test
  void whatFailsForEverybodyIsGlobalHoweverFewLook() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.small(random, LATER);
          Kind kind = FAILURES.get(random.nextInt(FAILURES.size()));
          Set<Integer> victims = Set.of(random.nextInt(quiet.targets().size()));
          Plot plot =
              quiet.with(List.of(new Trouble(kind, BREAKS, LATER, quiet.everybody(), victims, 1)));
          Map<TargetName, Stage.Held> held = Stage.play(plot, Stage.Courier.PROMPT).held();
          held.forEach(
              (name, one) -> {
                if (names(plot, victims).contains(name)) {
                  assertThat(one.state()).isEqualTo(TargetState.DOWN);
                  assertThat(one.scope()).contains(Scope.GLOBAL);
                } else {
                  assertThat(one.state()).isEqualTo(TargetState.UP);
                }
              });
        });
  }

  @Test
  void aProviderOnWhichAllStandsIsToBlameWhenAllOfItFails() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.small(random, LATER).onOneProvider();
          Kind kind = FAILURES.get(random.nextInt(FAILURES.size()));
          Plot plot =
              quiet.with(
                  List.of(
                      new Trouble(kind, BREAKS, LATER, quiet.everybody(), quiet.everything(), 1)));
          assertThat(Stage.play(plot, Stage.Courier.PROMPT).held().values())
              .allSatisfy(held -> assertThat(held.state()).isEqualTo(TargetState.DOWN));
        });
  }

  @Test
  void itIsOverForTheTargetWhenItIsForAllButOne() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.small(random, LATER * 3);
          Kind kind = FAILURES.get(random.nextInt(FAILURES.size()));
          Set<Integer> victims = Set.of(random.nextInt(quiet.targets().size()));
          Set<Integer> left = Set.of(random.nextInt(quiet.probes().size()));
          Plot plot =
              quiet.with(
                  List.of(
                      new Trouble(kind, BREAKS, LATER, quiet.everybody(), victims, 1),
                      new Trouble(kind, LATER, LATER * 3, left, victims, 1)));
          assertThat(Stage.play(plot, Stage.Courier.PROMPT).held().values())
              .allSatisfy(held -> assertThat(held.state()).isEqualTo(TargetState.UP));
        });
  }

  @Test
  void whatFailsForARegionIsToldOfItHoweverLateTheLooksAre() {
    Seeds.always(
        seed -> {
          Random random = Seeds.random(seed);
          Plot quiet = Plot.wide(random, LATER * 3);
          Region region = quiet.someRegion(random);
          Kind kind = FAILURES.get(random.nextInt(FAILURES.size()));
          Set<Integer> victims = Set.of(random.nextInt(2));
          Plot plot =
              quiet.with(
                  List.of(new Trouble(kind, BREAKS, LATER * 3, quiet.of(region), victims, 1)));
          Map<TargetName, Stage.Held> held = Stage.play(plot, Seeds.late(seed, LATER)).held();
          held.forEach(
              (name, one) -> {
                if (names(plot, victims).contains(name)) {
                  assertThat(one.state()).isEqualTo(TargetState.DEGRADED);
                  assertThat(one.scope()).contains(Scope.REGIONAL);
                  assertThat(one.regions()).containsExactly(region);
                } else {
                  assertThat(one.state()).isEqualTo(TargetState.UP);
                }
              });
        });
  }

  private static List<TargetName> names(Plot plot, Set<Integer> victims) {
    return victims.stream().map(victim -> plot.targets().get(victim).name()).toList();
  }
}
