package parallax.coordinator.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;

final class ClockOffsetTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final Vantage TOKYO =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.empty());

  @Test
  void ofMessagesTheQuickestCountsUntilItIsForgotten() {
    ClockOffset offset = ClockOffset.UNKNOWN.with(arrived(30)).with(arrived(400));
    assertThat(offset.offset()).isEqualTo(Duration.ofMillis(30));
    for (int more = 0; more < ClockOffset.KEPT; more++) {
      offset = offset.with(arrived(400));
    }
    assertThat(offset.offset()).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void aBetterMeasurementReplacesAWorseWhicheverWayThatWasWrong() {
    ClockOffset offset = ClockOffset.UNKNOWN.with(measured(-1_400)).with(measured(3));
    assertThat(offset.offset()).isEqualTo(Duration.ofMillis(3));
    assertThat(offset.with(measured(-2)).offset()).isEqualTo(Duration.ofMillis(-2));
  }

  @Test
  void nothingIsAddedForWhoWasNeverHeard() {
    assertThat(ClockOffset.UNKNOWN.offset()).isEqualTo(Duration.ZERO);
  }

  private static Beat arrived(long after) {
    return new Beat(TOKYO, Optional.empty(), Optional.empty(), NOON, NOON.plusMillis(after));
  }

  private static Beat measured(long behind) {
    return Beat.measured(TOKYO, NOON.minusMillis(behind), NOON);
  }
}
