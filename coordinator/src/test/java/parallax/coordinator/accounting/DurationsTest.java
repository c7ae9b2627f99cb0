package parallax.coordinator.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;

/** How long looks took, in bounded memory. */
final class DurationsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 100, 10_000})
  void eachPercentileIsWithinTheStatedErrorOfTheNearestRank(int many) {
    Random random = new Random(many);
    Durations durations = new Durations();
    List<Duration> exact = new ArrayList<>();
    for (int index = 0; index < many; index++) {
      Duration took = Duration.ofNanos((long) Math.exp(7 + 20 * random.nextDouble()));
      durations.add(took);
      exact.add(took);
    }
    exact.sort(Duration::compareTo);
    assertThat(durations.all()).isEqualTo(many);
    for (int hundredths : new int[] {1, 50, 95, 99, 100}) {
      double rank = Math.ceil(hundredths / 100.0 * many);
      double wanted = exact.get((int) rank - 1).toNanos();
      assertThat((double) durations.percentile(hundredths).toNanos())
          .isCloseTo(wanted, within(wanted * Durations.ERROR + 1));
    }
  }

  @Test
  void whatIsOutOfBoundsIsToldAsTheBound() {
    Durations durations = new Durations();
    durations.add(Duration.ZERO);
    durations.add(Duration.ofDays(400));
    double longest = Durations.LONGEST.toNanos();
    assertThat(durations.percentile(50)).isLessThanOrEqualTo(Durations.SHORTEST);
    assertThat((double) durations.percentile(99).toNanos())
        .isCloseTo(longest, within(longest * Durations.ERROR));
  }

  @Test
  void ofNothingThereIsNoPercentile() {
    assertThatThrownBy(() -> new Durations().percentile(50))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theDeepestCheckTellsTheLatencyAndWhatAsksOthersNever() {
    Took took = new Took();
    took.look(CheckKind.BGP, Duration.ofSeconds(9));
    took.look(CheckKind.REGISTRATION, Duration.ofSeconds(9));
    assertThat(took.latency()).isEmpty();
    took.look(CheckKind.DNS, Duration.ofMillis(3));
    took.look(CheckKind.HTTP, Duration.ofMillis(80));
    assertThat(took.latency())
        .hasValueSatisfying(
            latency -> {
              assertThat(latency.check()).isEqualTo(CheckKind.HTTP);
              assertThat(latency.looks()).isEqualTo(1);
              assertThat(latency.nearlyAll().toMillis()).isBetween(79L, 81L);
            });
  }
}
