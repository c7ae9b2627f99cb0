package parallax.coordinator.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProbeClockTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** A ping that takes so long there and back, to a clock that is so far ahead. */
  private static ProbeClock.Sample ping(long ahead, long there, long back) {
    Instant received = NOON.plusMillis(there + ahead);
    return ProbeClock.Sample.of(
        NOON, Duration.ofMillis(there + 3 + back), received, received.plusMillis(3));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -90_000, 600_000, -600_000})
  void theErrorIsAtMostHalfTheRoundTrip(long ahead) {
    SplittableRandom random = new SplittableRandom(ahead);
    ProbeClock clock = ProbeClock.UNKNOWN;
    for (int number = 0; number < 200; number++) {
      clock = clock.with(ping(ahead, random.nextInt(400), random.nextInt(400)));
      ProbeClock.Sample best = clock.best().orElseThrow();
      Duration error = best.ahead().minusMillis(ahead).abs();
      assertThat(error).isLessThanOrEqualTo(best.roundTrip().dividedBy(2).plusMillis(1));
      assertThat(clock.samples()).hasSizeLessThanOrEqualTo(ProbeClock.KEPT);
    }
  }

  @Test
  void aClockThatWasSetIsBelievedAtOnce() {
    ProbeClock clock = ProbeClock.UNKNOWN;
    for (int number = 0; number < 10; number++) {
      clock = clock.with(ping(0, 1, 1));
    }
    ProbeClock set = clock.with(ping(600_000, 40, 40));
    assertThat(set.best().orElseThrow().ahead()).isEqualTo(Duration.ofMinutes(10));
    assertThat(set.isOffBy(Rules.CLOCK_FAR_OFF)).isTrue();
    ProbeClock back = set.with(ping(0, 40, 40));
    assertThat(back.best().orElseThrow().ahead()).isEqualTo(Duration.ZERO);
    assertThat(back.isOffBy(Rules.CLOCK_OFF)).isFalse();
  }

  @Test
  void aSlowNetworkIsNoWrongClock() {
    assertThat(ProbeClock.UNKNOWN.with(ping(0, 9_000, 0)).isOffBy(Rules.CLOCK_OFF)).isFalse();
    assertThat(ProbeClock.UNKNOWN.isOffBy(Duration.ZERO)).isFalse();
  }

  @Test
  void answersThatCannotBeTrueHarmNobody() {
    ProbeClock.Sample odd =
        ProbeClock.Sample.of(
            NOON,
            Duration.ofMillis(5),
            Instant.parse("9999-12-31T23:59:59Z"),
            Instant.parse("0001-01-01T00:00:00Z"));
    assertThat(odd.roundTrip()).isEqualTo(Duration.ofMillis(5));
    ProbeClock.Sample late =
        ProbeClock.Sample.of(NOON, Duration.ofMillis(5), NOON, NOON.plusSeconds(10));
    assertThat(late.roundTrip()).isEqualTo(Duration.ZERO);
  }
}
