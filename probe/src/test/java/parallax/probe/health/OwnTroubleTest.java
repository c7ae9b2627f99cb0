package parallax.probe.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.CheckResult;

final class OwnTroubleTest {
  private static final Duration LATE = OwnTrouble.TOLERATED_LAG.plusMillis(1);

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"DNS_TIMEOUT", "CONNECT_TIMEOUT", "TLS_TIMEOUT", "HTTP_TIMEOUT", "HTTP_SLOW"})
  void aTimeOutOfAMachineThatRunsLateSaysNothing(Reason reason) {
    CheckResult result = failed(reason);
    Outcome adjusted = OwnTrouble.adjusted(result, LATE).outcome();
    assertThat(adjusted).isInstanceOf(Outcome.Inconclusive.class);
    assertThat(adjusted.why().orElseThrow().detail())
        .isEqualTo("ran 501 ms late; saw " + reason.text());
    assertThat(OwnTrouble.adjusted(result, OwnTrouble.TOLERATED_LAG)).isEqualTo(result);
  }

  @Test
  void whatIsNotAboutTimeIsBelievedHoweverLate() {
    CheckResult refused = failed(Reason.CONNECTION_REFUSED);
    assertThat(OwnTrouble.adjusted(refused, Duration.ofMinutes(1))).isEqualTo(refused);
    CheckResult up = CheckResult.up(Layer.TCP, Timings.NONE, Facts.NONE);
    assertThat(OwnTrouble.adjusted(up, Duration.ofMinutes(1))).isEqualTo(up);
  }

  @Test
  void theWorstDelayOfTheTimeAskedForCounts() {
    Lag lag = new Lag();
    long beat = Lag.BEAT.toNanos();
    assertThat(lag.worstSince(0, 0)).isEqualTo(Duration.ZERO);
    lag.beat(0);
    lag.beat(beat + 700);
    lag.beat(2 * beat + 700);
    assertThat(lag.worstSince(0, 2 * beat + 700)).isEqualTo(Duration.ofNanos(700));
    assertThat(lag.worstSince(beat + 701, 2 * beat + 700)).isEqualTo(Duration.ZERO);
    assertThat(lag.worstSince(0, 4 * beat + 700)).isEqualTo(Lag.BEAT);
    for (int count = 0; count < 3 * Lag.BEATS; count++) {
      lag.beat((3L + count) * beat);
    }
    assertThat(lag.worstSince(0, (3L * Lag.BEATS + 2) * beat)).isEqualTo(Duration.ZERO);
  }

  private static CheckResult failed(Reason reason) {
    return CheckResult.failed(reason, "", Layer.TCP, Timings.NONE, Facts.NONE);
  }
}
