package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.TargetState;

/**
 * How long a change takes to be decided when it comes right after a look: a whole interval until
 * the next one, then the looks that confirm it.
 */
final class TimeToDecideTest {
  private static final TargetName SHOP = new TargetName("shop");

  @ParameterizedTest(name = "every {0} ms, a look takes {1} ms, {2} at a time: within {3} ms")
  @CsvSource({
    // Refused at once: the interval and two pauses.
    "1000, 1, 1, 1403",
    "1000, 1, 2, 1403",
    "30000, 1, 1, 40003",
    // Timeouts: the confirming looks run at the same time where the probe can do that.
    "30000, 10000, 2, 60000",
    "60000, 10000, 2, 90000",
    "60000, 10000, 1, 100000",
  })
  void downIsDecidedAfterOneIntervalAndTwoPauses(
      long interval, long took, int atATime, long atMost) {
    Outcome seen = took < 1000 ? Given.REFUSED : Given.TIMED_OUT;
    assertThat(decided(Duration.ofMillis(interval), Duration.ofMillis(took), seen, atATime))
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofMillis(atMost));
  }

  /** A target is UP, and from just after a look on {@code seen} is seen. */
  private static Duration decided(Duration interval, Duration took, Outcome seen, int atATime) {
    State state =
        Core.step(
                State.initial(),
                new Input.Configured(
                    Given.configuration(Given.target("shop", interval, CheckKind.TCP))),
                Given.T0)
            .state();
    Given.Look fine = new Given.Look("shop", 0, Given.T0, Given.UP);
    state = Core.step(state, new Input.Observed(fine.took(Duration.ZERO)), Given.T0).state();
    TreeMap<Instant, Long> looks = new TreeMap<>();
    for (long round = 1; round < 5; round++) {
      Instant started = Given.T0.plus(interval.multipliedBy(round));
      looks.put(started.plus(took), round);
    }
    long sequence = 5;
    while (!looks.isEmpty()) {
      var next = looks.pollFirstEntry();
      Instant now = next.getKey();
      Given.Look look = new Given.Look("shop", next.getValue(), now.minus(took), seen);
      Step step = Core.step(state, new Input.Observed(look.arriving(took, now)), now);
      state = step.state();
      if (state.verdict(SHOP).orElseThrow().state() == TargetState.DOWN) {
        return Duration.between(Given.T0, now);
      }
      for (Effect.AskAgain ask : asked(step.effects(), atATime)) {
        looks.put(now.plus(ask.after()).plus(took), sequence++);
      }
    }
    return Duration.ZERO;
  }

  private static List<Effect.AskAgain> asked(List<Effect> effects, int atATime) {
    return effects.stream()
        .filter(Effect.AskAgain.class::isInstance)
        .map(Effect.AskAgain.class::cast)
        .limit(atATime)
        .toList();
  }
}
