package parallax.coordinator.replay.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.ScenarioCheck;

/** What becomes of messages. */
final class CourierTest {
  private static final Look LOOK = new Look(0, 0, ScenarioCheck.WEB, 60_000);
  private static final long END_MS = 60_200;

  @Test
  void aMessageIsATenthOfASecondOnItsWay() {
    Courier courier = courier("[]");
    assertThat(courier.result(LOOK, END_MS)).containsExactly(60_300L);
    assertThat(courier.heartbeat(0, 5_000)).containsExactly(5_100L);
  }

  @Test
  void whatIsFinishedInADropWindowNeverArrives() {
    Courier courier = courier("- {at: [60.2, 70], delivery: {drop: true}}");
    assertThat(courier.result(LOOK, 60_199)).hasSize(1);
    assertThat(courier.result(LOOK, 60_200)).isEmpty();
    assertThat(courier.result(LOOK, 70_000)).hasSize(1);
    assertThat(courier.heartbeat(0, 65_000)).isEmpty();
  }

  @Test
  void otherProbesAreNotConcerned() {
    Courier courier = courier("- {at: [0, end], from: {probes: [p2]}, delivery: {drop: true}}");
    assertThat(courier.result(LOOK, END_MS)).hasSize(1);
    assertThat(courier.heartbeat(0, 0)).hasSize(1);
    assertThat(courier.heartbeat(1, 0)).isEmpty();
  }

  @Test
  void targetsNarrowWhichResultsAreConcernedAndLeaveHeartbeatsAlone() {
    Courier courier = courier("- {at: [0, end], targets: {ids: [blog]}, delivery: {drop: true}}");
    assertThat(courier.result(LOOK, END_MS)).hasSize(1);
    assertThat(courier.result(new Look(0, 1, ScenarioCheck.WEB, 60_000), END_MS)).isEmpty();
    assertThat(courier.heartbeat(0, 0)).hasSize(1);
  }

  @Test
  void whatIsHeldIsSentWithinTwoSecondsAndHeartbeatsAreLost() {
    Courier courier = courier("- {at: [0, 100], delivery: {hold_until: 100}}");
    double share = new Draws(42).draw(Draws.text(Draws.EMPTY, "h|0|rp1|shop|web|60000"));
    assertThat(courier.result(LOOK, END_MS))
        .containsExactly(100_000 + Math.round(share * 2_000) + 100);
    assertThat(courier.heartbeat(0, 5_000)).isEmpty();
    assertThat(courier.heartbeat(0, 100_000)).hasSize(1);
  }

  @Test
  void nothingHeldIsSentBeforeItIsFinished() {
    Courier courier = courier("- {at: [0, 100], delivery: {hold_until: 50}}");
    assertThat(courier.result(LOOK, END_MS)).containsExactly(60_300L);
  }

  @Test
  void aDelayIsDrawnForEachMessage() {
    Courier courier = courier("- {at: [0, end], delivery: {delay_s: [120, 240]}}");
    double result = new Draws(42).draw(Draws.text(Draws.EMPTY, "d|0|rp1|shop|web|60000"));
    assertThat(courier.result(LOOK, END_MS))
        .containsExactly(60_300 + 120_000 + Math.round(result * 120_000));
    double heartbeat = new Draws(42).draw(Draws.text(Draws.EMPTY, "d|0|hbp1|5000"));
    assertThat(courier.heartbeat(0, 5_000))
        .containsExactly(5_100 + 120_000 + Math.round(heartbeat * 120_000));
  }

  @Test
  void aFixedDelayIsNotDrawn() {
    Courier courier = courier("- {at: [0, end], delivery: {delay_s: 7.5}}");
    assertThat(courier.result(LOOK, END_MS)).containsExactly(67_800L);
  }

  @Test
  void copiesArriveOneToThirtySecondsAfterTheFirst() {
    Courier courier = courier("- {at: [0, end], delivery: {delay_s: 10, duplicate: 2}}");
    Draws draws = new Draws(42);
    double first = draws.draw(Draws.text(Draws.EMPTY, "c|0|0|rp1|shop|web|60000"));
    double second = draws.draw(Draws.text(Draws.EMPTY, "c|0|1|rp1|shop|web|60000"));
    List<Long> arrivals = courier.result(LOOK, END_MS);
    assertThat(arrivals)
        .containsExactly(
            70_300L,
            70_300 + 1_000 + Math.round(first * 29_000),
            70_300 + 1_000 + Math.round(second * 29_000));
  }

  private static Courier courier(String events) {
    return new Courier(Sample.withEvents(events), 42);
  }
}
