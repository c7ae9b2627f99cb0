package parallax.coordinator.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgreedClockTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private long nanos;
  private Duration wallAhead = Duration.ZERO;
  private final AgreedClock clock = new AgreedClock(() -> truth().plus(wallAhead), () -> nanos);

  private Instant truth() {
    return START.plusNanos(nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** A second later, others whose clocks are so many seconds ahead of the truth vote. */
  private void vote(double... secondsAhead) {
    pass(ClockKeeper.EVERY);
    clock.vote(
        java.util.Arrays.stream(secondsAhead)
            .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
            .map(ahead -> Duration.between(clock.instant(), truth().plus(ahead)))
            .toList());
  }

  private Duration off() {
    return Duration.between(truth(), clock.instant());
  }

  @Test
  void aClockThatIsSetIsOutvoted() {
    vote(0, 0);
    wallAhead = Duration.ofMinutes(10);
    assertThat(off()).isZero();
    for (int times = 0; times < 100; times++) {
      vote(0, 0);
      assertThat(off()).isZero();
    }
    assertThat(clock.ahead()).isEqualTo(Duration.ofMinutes(10));
    wallAhead = Duration.ofMinutes(-10);
    vote(0, 0);
    vote(0, 0);
    assertThat(off()).isZero();
  }

  @Test
  void aClockThatIsWrongFromTheStartIsRightAfterTwoVotes() {
    wallAhead = Duration.ofMinutes(10);
    AgreedClock late = new AgreedClock(() -> truth().plus(wallAhead), () -> nanos);
    List<Duration> others =
        List.of(
            Duration.between(late.instant(), truth()), Duration.between(late.instant(), truth()));
    late.vote(others);
    assertThat(late.instant()).isEqualTo(truth().plus(wallAhead));
    late.vote(others);
    assertThat(late.instant()).isEqualTo(truth());
  }

  @Test
  void whoIsAloneFollowsItsOwnClock() {
    wallAhead = Duration.ofMinutes(10);
    vote();
    assertThat(off()).isZero();
    vote();
    assertThat(off()).isEqualTo(wallAhead);
  }

  @Test
  void twoThatDisagreeChangeNothing() {
    for (int times = 0; times < 10; times++) {
      vote(600);
      assertThat(off()).isZero();
    }
  }

  @Test
  void threeThatAllDisagreeChangeNothing() {
    for (int times = 0; times < 10; times++) {
      vote(600, -600);
      assertThat(off()).isZero();
    }
  }

  @Test
  void smallDifferencesAreMadeUpForLittleByLittle() {
    Instant before = clock.instant();
    for (int times = 0; times < 20; times++) {
      vote(-0.05, -0.05);
      assertThat(clock.instant()).isAfter(before);
      before = clock.instant();
    }
    assertThat(off()).isEqualTo(Duration.ofMillis(-50));
  }

  @ParameterizedTest
  @CsvSource({
    "0,           0",
    "5,           5",
    "5 5,         5",
    "0 5,         0",
    "-5 5,        0",
    "0 600 600,   600",
    "0 0 600,     0",
    "-600 0 600,  0",
    "0 600 0 600, 0",
    "3600 3600 3600 0 0, 3600",
  })
  void mostDecide(String ahead, long correction) {
    List<Duration> all =
        Stream.of(ahead.split(" ")).map(Long::parseLong).map(Duration::ofSeconds).toList();
    assertThat(ClockVote.correction(all)).isEqualTo(Duration.ofSeconds(correction));
  }

  /**
   * With fewer wrong clocks than right ones, however wrong, the time is what the right ones show.
   */
  @Test
  void aMinorityNeverMovesTheTime() {
    SplittableRandom random = new SplittableRandom(7);
    for (int times = 0; times < 10_000; times++) {
      int right = random.nextInt(1, 6);
      int wrong = random.nextInt(0, right);
      List<Duration> all =
          IntStream.range(0, right + wrong)
              .mapToObj(
                  each ->
                      Duration.ofMillis(
                          each < right
                              ? random.nextLong(-200, 200)
                              : random.nextLong(-86_400_000, 86_400_000)))
              .toList();
      assertThat(ClockVote.correction(all).abs()).isLessThan(ClockVote.NEAR);
    }
  }
}
