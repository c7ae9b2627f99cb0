package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.CheckKind;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.Track;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;

/** What holds of every history of looks; each seed makes another one. */
final class PropertiesTest {
  private static final TargetName SHOP = new TargetName("shop");
  private static final Duration TOOK = Duration.ofMillis(10);
  private static final List<Outcome> SEEN =
      List.of(
          Given.UP,
          Given.UP,
          Given.UP,
          Given.SLOW,
          Given.REFUSED,
          Given.TIMED_OUT,
          Given.STATUS,
          Given.REFUSED,
          Given.NO_ROUTE);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfArrivalInsideTheLatenessWindowDoesNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Evidence> inOrder = looks(random, 40, SEEN);
    assertThat(end(shuffled(inOrder, random))).isEqualTo(end(inOrder));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void repetitionsChangeNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Evidence> once = looks(random, 40, SEEN);
    List<Evidence> repeated = new ArrayList<>();
    for (Evidence look : once) {
      repeated.add(look);
      for (int times = random.nextInt(3); times > 0; times--) {
        repeated.add(repeated.get(random.nextInt(repeated.size())));
      }
    }
    assertThat(effects(repeated)).isEqualTo(effects(once));
    assertThat(end(repeated)).isEqualTo(end(once));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theProbesOwnTroubleNeverMakesDown(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Evidence> looks = looks(random, 60, List.of(Given.UP, Given.SLOW, Given.NO_ROUTE));
    assertThat(effects(looks))
        .noneSatisfy(effect -> assertThat(effect).isInstanceOf(Effect.IncidentChanged.class));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void recoveryAlwaysResolvesAndEveryIncidentIsToldOnceOpenedAndOnceResolved(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Evidence> looks = looks(random, 80, SEEN);
    looks.addAll(looks(80, 3, Given.UP));
    Map<IncidentId, List<Notice.Kind>> told = new LinkedHashMap<>();
    for (Effect effect : effects(looks)) {
      if (effect instanceof Effect.Tell(Notice notice)) {
        told.computeIfAbsent(notice.incident().id(), _ -> new ArrayList<>()).add(notice.kind());
      }
    }
    assertThat(told.values())
        .allSatisfy(
            kinds -> assertThat(kinds).containsExactly(Notice.Kind.OPENED, Notice.Kind.RESOLVED));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isNeverDownOnFewerThanThreeFailingLooksSinceItWasLastFine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<ObservationId> failing = new LinkedHashSet<>();
    State state = start();
    for (Evidence look : looks(random, 80, SEEN)) {
      Step step = Core.step(state, new Input.Observed(look), look.received());
      boolean wasDown = state.verdict(SHOP).orElseThrow().state() == TargetState.DOWN;
      state = step.state();
      switch (look.observation().outcome()) {
        case Outcome.Down _ -> failing.add(look.observation().id());
        case Outcome.Up _, Outcome.Degraded _ -> failing.clear();
        case Outcome.Inconclusive _ -> {}
      }
      boolean isDown = state.verdict(SHOP).orElseThrow().state() == TargetState.DOWN;
      assertThat(isDown && !wasDown && failing.size() < 3).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameInputGivesTheSameEffectsAndLeavesOldStatesAlone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Evidence> looks = shuffled(looks(random, 60, SEEN), random);
    assertThat(effects(looks).toString()).isEqualTo(effects(looks).toString());
    State state = start();
    for (Evidence look : looks) {
      Verdict before = state.verdict(SHOP).orElseThrow();
      Step once = Core.step(state, new Input.Observed(look), look.received());
      Step again = Core.step(state, new Input.Observed(look), look.received());
      assertThat(again.effects()).isEqualTo(once.effects());
      assertThat(state.verdict(SHOP)).contains(before);
      state = once.state();
    }
  }

  /** Looks a second apart, all of which arrive at their turn. */
  private static List<Evidence> looks(SplittableRandom random, int count, List<Outcome> of) {
    List<Evidence> looks = new ArrayList<>();
    Outcome seen = Given.UP;
    for (int index = 0; index < count; index++) {
      // What was seen is often seen again: else rows of three would be rare.
      seen = random.nextInt(3) == 0 ? of.get(random.nextInt(of.size())) : seen;
      looks.addAll(looks(index, 1, seen));
    }
    return looks;
  }

  private static List<Evidence> looks(int from, int count, Outcome seen) {
    List<Evidence> looks = new ArrayList<>();
    for (int index = from; index < from + count; index++) {
      Instant started = Given.T0.plusSeconds(index);
      looks.add(new Given.Look("shop", index, started, seen).took(TOOK));
    }
    return looks;
  }

  /** Each one at most as many places from its own as a track keeps looks, less one. */
  private static List<Evidence> shuffled(List<Evidence> looks, SplittableRandom random) {
    List<Evidence> shuffled = new ArrayList<>();
    for (int from = 0; from < looks.size(); from += Track.MAX_LOOKS) {
      List<Evidence> part =
          new ArrayList<>(looks.subList(from, Math.min(looks.size(), from + Track.MAX_LOOKS)));
      while (!part.isEmpty()) {
        shuffled.add(part.remove(random.nextInt(part.size())));
      }
    }
    return shuffled;
  }

  private static State start() {
    return Core.step(
            State.initial(),
            new Input.Configured(
                Given.configuration(Given.target("shop", Duration.ofSeconds(60), CheckKind.TCP))),
            Given.T0)
        .state();
  }

  private record Result(State state, List<Effect> effects) {}

  private static Result run(List<Evidence> looks) {
    State state = start();
    List<Effect> effects = new ArrayList<>();
    Instant now = Given.T0.plusSeconds(100);
    for (Evidence look : looks) {
      Step step = Core.step(state, new Input.Observed(look), now);
      state = step.state();
      effects.addAll(step.effects());
    }
    return new Result(state, effects);
  }

  private static List<Effect> effects(List<Evidence> looks) {
    return run(looks).effects();
  }

  /** What is held in the end, but for when it was decided. */
  private static Verdict end(List<Evidence> looks) {
    Verdict end = run(looks).state().verdict(SHOP).orElseThrow();
    return new Verdict(
        end.target(),
        end.state(),
        end.scope(),
        end.cause(),
        Given.T0,
        end.confidence(),
        end.evidence(),
        end.rule());
  }
}
