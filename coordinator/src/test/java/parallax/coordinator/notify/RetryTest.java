package parallax.coordinator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RetryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void waitsDoubleWithJitterUpToABound() {
    SplittableRandom random = new SplittableRandom(7);
    for (int attempts = 1; attempts < 60; attempts++) {
      long full = Math.min(Retry.LONGEST.toMillis(), 1000L << Math.min(attempts - 1, 20));
      Duration wait = wait(attempts, Optional.empty(), random);
      assertThat(wait.toMillis()).isBetween(full / 2, full);
    }
  }

  @Test
  void whatTheReceiverAskedForIsHeededWithinABound() {
    SplittableRandom random = new SplittableRandom(7);
    assertThat(wait(1, Optional.of(Duration.ofSeconds(90)), random))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(wait(1, Optional.of(Duration.ofDays(400)), random)).isEqualTo(Retry.LONGEST_ASKED);
    assertThat(wait(20, Optional.of(Duration.ZERO), random)).isGreaterThan(Duration.ofMinutes(2));
  }

  @Test
  void aNoticeOfYesterdayIsGivenUp() {
    SplittableRandom random = new SplittableRandom(7);
    Instant planned = NOW.minus(Retry.STALE).minusSeconds(1);
    assertThat(Retry.at(planned, 3, Optional.empty(), NOW, random)).isEmpty();
    assertThat(Retry.at(NOW.minus(Retry.STALE), 3, Optional.empty(), NOW, random)).isPresent();
  }

  private static Duration wait(int attempts, Optional<Duration> asked, SplittableRandom random) {
    return Duration.between(NOW, Retry.at(NOW, attempts, asked, NOW, random).orElseThrow());
  }
}
