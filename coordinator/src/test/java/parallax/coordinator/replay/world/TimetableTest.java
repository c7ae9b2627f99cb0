package parallax.coordinator.replay.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.ScenarioCheck;

final class TimetableTest {
  private final Timetable timetable = new Timetable(Sample.withEvents("[]"));

  @Test
  void checksAreSpreadEvenlyOverTheInterval() {
    // 4 probes x 2 targets x 4 kinds are 32 slots.
    assertThat(timetable.firstCheckMs(0, 0, ScenarioCheck.WEB)).isZero();
    assertThat(timetable.firstCheckMs(0, 0, ScenarioCheck.DNS_AUTH)).isEqualTo(60_000 / 32);
    assertThat(timetable.firstCheckMs(0, 1, ScenarioCheck.WEB)).isEqualTo(60_000 * 4 / 32);
    assertThat(timetable.firstCheckMs(1, 0, ScenarioCheck.DELEGATION)).isEqualTo(300_000 * 10 / 32);
    assertThat(timetable.firstCheckMs(3, 1, ScenarioCheck.REGISTRATION))
        .isEqualTo(300_000L * 31 / 32);
  }

  @Test
  void heartbeatsAreSpreadEvenlyOverTenSeconds() {
    assertThat(timetable.firstHeartbeatMs(0)).isZero();
    assertThat(timetable.firstHeartbeatMs(3)).isEqualTo(7_500);
  }
}
