package parallax.coordinator.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Hundreds of worlds; the message of a failure names the seed that repeats it. */
final class SimulationTest {
  private static final int WORLDS = 100;

  /** Seeds that failed once. */
  private static final long[] ONCE_FAILED = {1_016};

  @Test
  void aPerfectWorldIsJudgedRightWithinTheBound() {
    assertThat(run(LongStream.range(0, WORLDS), false)).isPositive();
  }

  @Test
  void noFaultBreaksAnInvariant() {
    LongStream seeds =
        LongStream.concat(LongStream.of(ONCE_FAILED), LongStream.range(1_000, 1_000 + 2 * WORLDS));
    assertThat(run(seeds, true)).isPositive();
  }

  @Test
  void theSameSeedIsTheSameHistory() {
    for (long seed = 5_000; seed < 5_010; seed++) {
      assertThat(new World(seed, true).run().effects().toString())
          .isEqualTo(new World(seed, true).run().effects().toString());
    }
  }

  private static long run(LongStream seeds, boolean withFaults) {
    return seeds
        .map(
            seed -> {
              try {
                return new World(seed, withFaults).run().observed();
              } catch (AssertionError e) {
                return fail("seed " + seed + ", faults " + withFaults + ": " + e.getMessage(), e);
              }
            })
        .sum();
  }
}
